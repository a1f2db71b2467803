#include "matcher/link/duplicate_rows.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

#include "matcher/compare/levels.h"
#include "matcher/link/decision.h"
#include "matcher/link/entered_twice.h"

namespace bidui::link {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;  // numbers of two rows

// More rows than a person is ever entered: a placeholder, not a person.
constexpr std::uint32_t kMostRows = 32;

// The partner's number and one of his names, the former ones too.
bool names_the_partner(const CandidatePair& pair) {
  const auto name = static_cast<compare::NameLevel>(
      compare::level_at(pair.vector, static_cast<int>(compare::Comparison::kName)));
  return same_number_and_name(pair) ||
         (id_level(pair) == compare::IdLevel::kEqual &&
          (name == compare::NameLevel::kVariant || name == compare::NameLevel::kFormerName));
}

// Those with the same number and the same name as one of the partners.
std::vector<Edge> edges_through_partners(const PartnerRows& input) {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<Edge> edges;
  std::vector<std::uint32_t> first_seen(input.partners.count, kNone);
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    if (!names_the_partner(input.pairs[i])) continue;
    const std::uint32_t own = input.rows.of_pair[i];
    std::uint32_t& first = first_seen[input.partners.of_pair[i]];
    if (first == kNone) {
      first = own;
    } else {
      edges.emplace_back(first, own);
    }
  }
  return edges;
}

// The plausible pairs, those of one row (or one partner) behind one another.
class PlausiblePairs {
 public:
  PlausiblePairs(const PartnerRows& input, const RowNumbers& by)
      : begins_(by.count + std::size_t{1}) {
    const auto plausible = [&](std::size_t i) {
      return input.pairs[i].weight >= input.plausible_weight;
    };
    for (std::size_t i = 0; i < input.pairs.size(); ++i) {
      if (plausible(i)) ++begins_[by.of_pair[i] + std::size_t{1}];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    pairs_.resize(begins_.back());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (std::uint32_t i = 0; i < input.pairs.size(); ++i) {
      if (plausible(i)) pairs_[next[by.of_pair[i]]++] = i;
    }
  }

  // Indexes of pairs, ascending.
  std::span<const std::uint32_t> of(std::uint32_t number) const {
    return std::span(pairs_).subspan(begins_[number],
                                     begins_[number + std::size_t{1}] - begins_[number]);
  }

 private:
  std::vector<std::uint32_t> pairs_;
  std::vector<std::uint32_t> begins_;
};

// Finds the rows of one plausible partner that are one person by entered_twice().
class EnteredTwice {
 public:
  EnteredTwice(const PartnerRows& input, const FeaturesOf& features,
               const FeaturesOf& partner_features)
      : input_(input),
        features_(features),
        partner_features_(partner_features),
        of_partner_(input, input.partners),
        of_row_(input, input.rows) {}

  void append(std::vector<Edge>& edges) const {
    for (std::uint32_t partner = 0; partner < input_.partners.count; ++partner) {
      const auto own = of_partner_.of(partner);
      if (own.size() < 2 || own.size() > kMostRows) continue;
      for (std::size_t i = 0; i < own.size(); ++i) {
        for (std::size_t j = i + 1; j < own.size(); ++j) append_pair(own[i], own[j], edges);
      }
    }
  }

 private:
  // Of two pairs with one partner.
  void append_pair(std::uint32_t i, std::uint32_t j, std::vector<Edge>& edges) const {
    const record::PersonFeatures* const a = features_(input_.pairs[i].*input_.side);
    const record::PersonFeatures* const b = features_(input_.pairs[j].*input_.side);
    if (a == nullptr || b == nullptr || !entered_twice(*a, *b)) return;
    const Edge edge{input_.rows.of_pair[i], input_.rows.of_pair[j]};
    if (!fit_two_people(edge) && !have_own_namesakes(edge, *a, *b)) edges.push_back(edge);
  }

  // Whether two rows of unlike spelling have each a partner of their own spelling: not one person
  // misspelt, but father and son of like names, one under the other's number.
  bool have_own_namesakes(const Edge& edge, const record::PersonFeatures& a,
                          const record::PersonFeatures& b) const {
    return !written_alike(a, b) && has_namesake(edge.first, a) && has_namesake(edge.second, b);
  }

  bool has_namesake(std::uint32_t row, const record::PersonFeatures& person) const {
    return std::ranges::any_of(of_row_.of(row), [&](std::uint32_t i) {
      const record::PersonFeatures* const partner =
          partner_features_(input_.pairs[i].*input_.partner_side);
      return partner != nullptr && written_alike(person, *partner);
    });
  }

  // Whether two partners of one name that are two people have no better row than these two. (An
  // absent person's twin has none either: his name tells that he is not meant.)
  bool fit_two_people(const Edge& edge) const {
    std::vector<const record::PersonFeatures*> people;
    for (const std::uint32_t i : of_row_.of(edge.first)) {
      if (!fits_none_better(i, edge)) continue;
      const record::PersonFeatures* const person =
          partner_features_(input_.pairs[i].*input_.partner_side);
      if (person != nullptr) people.push_back(person);
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t j = i + 1; j < people.size(); ++j) {
        if (written_alike(*people[i], *people[j]) && !entered_twice(*people[i], *people[j]))
          return true;
      }
    }
    return false;
  }

  // Whether the partner of the pair `i` knows both rows, and no better one.
  bool fits_none_better(std::uint32_t i, const Edge& edge) const {
    float best = 0;
    float best_other = 0;
    std::size_t known = 0;
    for (const std::uint32_t k : of_partner_.of(input_.partners.of_pair[i])) {
      const std::uint32_t row = input_.rows.of_pair[k];
      const bool own = row == edge.first || row == edge.second;
      known += own ? 1 : 0;
      float& most = own ? best : best_other;
      most = std::max(most, input_.pairs[k].weight);
    }
    return known == 2 && best >= best_other;
  }

  const PartnerRows& input_;
  const FeaturesOf& features_;
  const FeaturesOf& partner_features_;
  PlausiblePairs of_partner_;
  PlausiblePairs of_row_;
};

UnionFind united(std::uint32_t rows, std::span<const Edge> edges) {
  UnionFind groups(rows);
  for (const auto& [a, b] : edges) groups.unite(a, b);
  return groups;
}

// The valid ID number of each row of an edge; 0: none.
std::vector<std::uint64_t> numbers_of(const PartnerRows& input, const FeaturesOf& features,
                                      std::span<const Edge> edges) {
  constexpr std::uint32_t kNotAsked = 0xFFFFFFFF;
  std::vector<std::uint32_t> asked(input.rows.count, kNotAsked);
  for (const auto& [a, b] : edges) asked[a] = asked[b] = 0;
  std::vector<std::uint64_t> numbers(input.rows.count);
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    const std::uint32_t row = input.rows.of_pair[i];
    if (asked[row] == kNotAsked) continue;
    asked[row] = kNotAsked;
    const record::PersonFeatures* const p = features(input.pairs[i].*input.side);
    if (p != nullptr && p->id_class == record::IdClass::kValid) numbers[row] = p->id_digits;
  }
  return numbers;
}

}  // namespace

UnionFind duplicate_groups(const PartnerRows& input, const FeaturesOf& features,
                           const FeaturesOf& partner_features) {
  std::vector<Edge> edges = edges_through_partners(input);
  if (!features || !partner_features) return united(input.rows.count, edges);
  EnteredTwice(input, features, partner_features).append(edges);
  UnionFind groups = united(input.rows.count, edges);
  const std::vector<std::uint64_t> numbers = numbers_of(input, features, edges);
  std::unordered_map<std::uint32_t, std::uint64_t> number_of_group;
  std::vector<bool> contradictory(input.rows.count);
  for (const auto& [a, b] : edges) {
    for (const std::uint32_t row : {a, b}) {
      if (numbers[row] == 0) continue;
      const std::uint32_t group = groups.find(row);
      const auto [at, first] = number_of_group.emplace(group, numbers[row]);
      if (!first && at->second != numbers[row]) contradictory[group] = true;
    }
  }
  std::erase_if(edges, [&](const Edge& edge) {
    const auto& [a, b] = edge;
    return contradictory[groups.find(a)] && (numbers[a] == 0 || numbers[a] != numbers[b]);
  });
  return united(input.rows.count, edges);
}

}  // namespace bidui::link
