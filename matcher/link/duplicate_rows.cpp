#include "matcher/link/duplicate_rows.h"

#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

#include "matcher/link/decision.h"
#include "matcher/link/entered_twice.h"

namespace bidui::link {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;  // numbers of two rows

// More rows than a person is ever entered: a placeholder, not a person.
constexpr std::uint32_t kMostRows = 32;

// Those with the same number and the same name as one of the partners.
std::vector<Edge> edges_through_partners(const PartnerRows& input) {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<Edge> edges;
  std::vector<std::uint32_t> first_seen(input.partners.count, kNone);
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    if (!same_number_and_name(input.pairs[i])) continue;
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

// The plausible pairs, those of one partner behind one another, and where each partner's begin.
struct PlausiblePairs {
  std::vector<std::uint32_t> pairs{};
  std::vector<std::uint32_t> begins{};
};

PlausiblePairs plausible_pairs(const PartnerRows& input) {
  PlausiblePairs result;
  result.begins.resize(input.partners.count + std::size_t{1});
  const auto plausible = [&](std::size_t i) {
    return input.pairs[i].weight >= input.plausible_weight;
  };
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    if (plausible(i)) ++result.begins[input.partners.of_pair[i] + std::size_t{1}];
  }
  std::partial_sum(result.begins.begin(), result.begins.end(), result.begins.begin());
  result.pairs.resize(result.begins.back());
  std::vector<std::uint32_t> next(result.begins.begin(), result.begins.end() - 1);
  for (std::uint32_t i = 0; i < input.pairs.size(); ++i) {
    if (plausible(i)) result.pairs[next[input.partners.of_pair[i]]++] = i;
  }
  return result;
}

void append_entered_twice(const PartnerRows& input, const FeaturesOf& features,
                          std::vector<Edge>& edges) {
  const PlausiblePairs plausible = plausible_pairs(input);
  for (std::uint32_t partner = 0; partner < input.partners.count; ++partner) {
    const std::uint32_t begin = plausible.begins[partner];
    const std::uint32_t count = plausible.begins[partner + std::size_t{1}] - begin;
    if (count < 2 || count > kMostRows) continue;
    const auto own = std::span(plausible.pairs).subspan(begin, count);
    for (std::size_t i = 0; i < own.size(); ++i) {
      const record::PersonFeatures* const a = features(input.pairs[own[i]].*input.side);
      for (std::size_t j = i + 1; j < own.size(); ++j) {
        const record::PersonFeatures* const b = features(input.pairs[own[j]].*input.side);
        if (a != nullptr && b != nullptr && entered_twice(*a, *b))
          edges.emplace_back(input.rows.of_pair[own[i]], input.rows.of_pair[own[j]]);
      }
    }
  }
}

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

UnionFind duplicate_groups(const PartnerRows& input, const FeaturesOf& features) {
  std::vector<Edge> edges = edges_through_partners(input);
  if (!features) return united(input.rows.count, edges);
  append_entered_twice(input, features, edges);
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
