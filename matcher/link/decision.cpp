#include "matcher/link/decision.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_sort.h>

#include "matcher/compare/levels.h"
#include "matcher/link/assignment.h"
#include "matcher/link/components.h"
#include "matcher/link/row_numbers.h"
#include "matcher/link/second_partners.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::level_at;

double odds_of(double weight) { return std::exp2(std::clamp(weight, -60.0, 60.0)); }

std::uint64_t rows_in_larger_groups(UnionFind& groups) {
  std::uint64_t repeated = 0;
  for (std::uint32_t row = 0; row < groups.size(); ++row)
    repeated += groups.find(row) != row ? 1 : 0;
  return repeated;
}

// A pair between two groups of duplicate rows, each named by the number of its first row; its
// weight is the best of its rows' pairs.
struct GroupPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;
};

// The odds that a row's other pairs leave to one of them: 1 / (1 + sum of theirs).
std::vector<double> shares(const std::vector<double>& odds, const RowNumbers& rows,
                           const std::vector<double>& of_other_side) {
  std::vector<double> sums(rows.count);
  std::vector<double> result(odds.size());
  for (std::size_t i = 0; i < odds.size(); ++i) {
    result[i] = odds[i] * of_other_side[i];
    sums[rows.of_pair[i]] += result[i];
  }
  for (std::size_t i = 0; i < odds.size(); ++i)
    result[i] = 1 / (1 + std::max(sums[rows.of_pair[i]] - result[i], 0.0));
  return result;
}

// Those that share a row with another pair: who has no rival loses nothing.
std::vector<std::uint32_t> contested(std::span<const GroupPair> pairs) {
  const RowNumbers lefts = number_rows(pairs, &GroupPair::left);
  const RowNumbers rights = number_rows(pairs, &GroupPair::right);
  std::vector<std::uint32_t> of_left(lefts.count);
  std::vector<std::uint32_t> of_right(rights.count);
  for (const std::uint32_t row : lefts.of_pair) ++of_left[row];
  for (const std::uint32_t row : rights.of_pair) ++of_right[row];
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    if (of_left[lefts.of_pair[i]] > 1 || of_right[rights.of_pair[i]] > 1) result.push_back(i);
  }
  return result;
}

// Divides each pair's odds by those of its rivals: posterior under the condition that a group has
// one partner. A rival counts by what its own better pairs leave it (belief propagation on the
// matching), so that a twin who has his own record takes nothing from his brother. Returns the
// weights that the pairs would have if their left group had no other.
std::vector<double> compete(std::vector<GroupPair>& all_pairs, bool right_too) {
  constexpr int kRounds = 8;
  std::vector<double> alone(all_pairs.size());
  std::ranges::transform(all_pairs, alone.begin(), &GroupPair::weight);
  const std::vector<std::uint32_t> indexes = contested(all_pairs);
  std::vector<GroupPair> pairs;
  std::vector<double> odds;
  for (const std::uint32_t i : indexes) {
    pairs.push_back(all_pairs[i]);
    odds.push_back(odds_of(all_pairs[i].weight));
  }
  const RowNumbers lefts = number_rows(std::span<const GroupPair>(pairs), &GroupPair::left);
  const RowNumbers rights = number_rows(std::span<const GroupPair>(pairs), &GroupPair::right);
  const std::vector<double> whole(pairs.size(), 1.0);
  std::vector<double> by_left = shares(odds, lefts, whole);
  std::vector<double> by_right = whole;
  for (int round = 0; right_too && round < kRounds; ++round) {
    by_right = shares(odds, rights, by_left);
    by_left = shares(odds, lefts, by_right);
  }
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    alone[indexes[i]] += std::log2(by_right[i]);
    all_pairs[indexes[i]].weight += std::log2(by_left[i]) + std::log2(by_right[i]);
  }
  return alone;
}

// Of the left groups that have a probable partner, the best of their other pairs. One with the same
// number is no other person's.
SecondPartners second_partners(const std::vector<GroupPair>& pairs,
                               const std::vector<double>& alone, const std::vector<bool>& chosen,
                               const std::vector<bool>& same_number) {
  SecondPartners seconds;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    constexpr double kNone = -std::numeric_limits<double>::infinity();
    double best = kNone;
    bool linked = false;
    for (; end < pairs.size() && pairs[end].left == pairs[begin].left; ++end) {
      if (chosen[end] && pairs[end].weight >= 0) {
        linked = true;
      } else if (!same_number[end]) {
        best = std::max(best, alone[end]);
      }
    }
    if (linked && best != kNone) seconds.weights.push_back(best);
    if (!linked && best != kNone) ++seconds.absent;
  }
  std::ranges::sort(seconds.weights, std::greater<>());
  return seconds;
}

std::vector<std::uint32_t> best_per_left(const std::vector<GroupPair>& pairs) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    if (chosen.empty() || pairs[chosen.back()].left != pairs[i].left) {
      chosen.push_back(i);
    } else if (pairs[i].weight > pairs[chosen.back()].weight) {
      chosen.back() = i;
    }
  }
  return chosen;
}

void settle(Decisions& result, const DecisionOptions& options, SecondPartners seconds) {
  for (Link& link : result.links) link.weight = options.calibration(link.weight);
  for (Link& link : result.non_links) link.weight = options.calibration(link.weight);
  std::vector<double> weights;
  for (const Link& link : result.links) weights.push_back(link.weight);
  tbb::parallel_sort(weights, std::greater<>());
  for (double& weight : seconds.weights) weight = options.calibration(weight);
  result.threshold = find_threshold(weights, options.false_link_rate);
  // They never raise it: rows of one person that nobody recognised as such look like them.
  const double by_seconds =
      seconds.tell() ? find_threshold(weights, seconds, options.false_link_rate) : result.threshold;
  const bool seconds_decide = by_seconds < result.threshold;
  if (seconds_decide) result.threshold = by_seconds;
  const double lowest = model::weight_of(options.possible_probability);
  const auto rejected =
      std::stable_partition(result.links.begin(), result.links.end(),
                            [&](const Link& link) { return link.weight >= lowest; });
  for (auto link = rejected; link != result.links.end(); ++link) {
    link->decision = Decision::kNonLink;
    if (link->weight >= options.lowest_non_link) result.non_links.push_back(*link);
  }
  result.links.erase(rejected, result.links.end());
  for (Link& link : result.links) {
    const bool linked = link.weight >= result.threshold;
    link.decision = linked ? Decision::kLink : Decision::kPossible;
    ++(linked ? result.link_count : result.possible_count);
    if (linked) result.expected_false_links += 1 - model::probability_of(link.weight);
  }
  if (seconds.tell() && result.link_count != 0) {
    const double expected = seconds.false_links(result.threshold);
    result.expected_false_links =
        seconds_decide ? expected : std::max(result.expected_false_links, expected);
  }
  sort_links(result.links);
  sort_links(result.non_links);
}

struct GroupPairs {
  std::vector<GroupPair> groups{};       // sorted by (left, right)
  std::vector<std::uint32_t> of_pair{};  // of each pair the place of its groups' pair
};

// A pair of rows as one of their groups.
struct Member {
  GroupPair pair;
  std::uint32_t index;
};

// In the order of their left groups; these are below `groups`.
std::vector<Member> by_left(std::vector<Member> members, std::uint32_t groups) {
  std::vector<std::uint32_t> next(groups + std::size_t{1});
  for (const Member& m : members) ++next[m.pair.left + std::size_t{1}];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<Member> ordered(members.size());
  for (const Member& m : members) ordered[next[m.pair.left]++] = m;
  return ordered;
}

GroupPairs group_pairs(std::span<const CandidatePair> pairs, const RowNumbers& lefts,
                       const RowNumbers& rights, UnionFind& left_groups, UnionFind& right_groups) {
  std::vector<Member> members;
  members.reserve(pairs.size());
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    members.push_back({{left_groups.find(lefts.of_pair[i]), right_groups.find(rights.of_pair[i]),
                        pairs[i].weight},
                       i});
  }
  const auto before = [](const Member& a, const Member& b) {
    if (a.pair.left != b.pair.left) return a.pair.left < b.pair.left;
    return a.pair.right != b.pair.right ? a.pair.right < b.pair.right
                                        : a.pair.weight > b.pair.weight;
  };
  // The pairs come sorted: only groups of more than one row disturb their order.
  if (!std::ranges::is_sorted(members, before)) {
    members = by_left(std::move(members), lefts.count);
    for (auto begin = members.begin(); begin != members.end();) {
      const auto end = std::find_if(
          begin, members.end(), [&](const Member& m) { return m.pair.left != begin->pair.left; });
      if (end - begin > 1) std::sort(begin, end, before);
      begin = end;
    }
  }
  GroupPairs result{.of_pair = std::vector<std::uint32_t>(pairs.size())};
  result.groups.reserve(pairs.size());
  for (const Member& m : members) {
    const bool same = !result.groups.empty() && result.groups.back().left == m.pair.left &&
                      result.groups.back().right == m.pair.right;
    if (!same) result.groups.push_back(m.pair);
    result.of_pair[m.index] = static_cast<std::uint32_t>(result.groups.size() - 1);
  }
  return result;
}

std::vector<std::uint32_t> choose(const std::vector<GroupPair>& groups,
                                  const DecisionOptions& options, Decisions& result) {
  std::vector<std::uint32_t> chosen;
  switch (options.assignment) {
    case Assignment::kOneToOne: {
      // Benefits are positive down to the lowest possible link and a little below, so that these
      // are settled too.
      const double no_benefit = model::weight_of(options.possible_probability) - .75;
      std::vector<WeightedPair> weighted;
      weighted.reserve(groups.size());
      for (const GroupPair& g : groups)
        weighted.push_back({g.left, g.right, g.weight - no_benefit});
      AssignmentResult assigned = assign_one_to_one(weighted);
      result.largest_component = assigned.largest_component;
      result.greedy_components = assigned.greedy_components;
      return std::move(assigned.chosen);
    }
    case Assignment::kOneToMany:
      return best_per_left(groups);
    case Assignment::kManyToMany:
      chosen.resize(groups.size());
      std::iota(chosen.begin(), chosen.end(), 0U);
      break;
  }
  return chosen;
}

// Takes the outdone pairs out of the non-links, or finds them below the lowest of these.
void find_outdone(std::span<const CandidatePair> pairs, const GroupPairs& grouped,
                  const std::vector<bool>& chosen, Decisions& result) {
  std::vector<std::uint32_t> taken;  // right groups
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) taken.push_back(grouped.groups[i].right);
  }
  std::ranges::sort(taken);
  auto linked = result.links.begin();  // sorted by left row, as the pairs are
  for (std::uint32_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    std::uint32_t best = begin;
    for (; end < pairs.size() && pairs[end].left == pairs[begin].left; ++end) {
      if (pairs[end].weight > pairs[best].weight) best = end;
    }
    while (linked != result.links.end() && linked->left < pairs[begin].left) ++linked;
    if (linked != result.links.end() && linked->left == pairs[begin].left) continue;
    const GroupPair& group = grouped.groups[grouped.of_pair[best]];
    if (pairs[best].weight <= 0 || chosen[grouped.of_pair[best]] ||
        !std::ranges::binary_search(taken, group.right))
      continue;
    result.outdone.push_back({pairs[best].left, pairs[best].right,
                              std::min<double>(group.weight, pairs[best].weight),
                              Decision::kPossible, best});
  }
  std::erase_if(result.non_links, [&](const Link& link) {
    return std::ranges::binary_search(result.outdone, link.pair, {}, &Link::pair);
  });
}

}  // namespace

bool same_number_and_name(const CandidatePair& pair) {
  return id_level(pair) == compare::IdLevel::kEqual &&
         level_at(pair.vector, static_cast<int>(Comparison::kName)) ==
             static_cast<int>(compare::NameLevel::kExact);
}

void sort_links(std::vector<Link>& links) {
  const auto before = [](const Link& a, const Link& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  };
  if (!std::ranges::is_sorted(links, before)) tbb::parallel_sort(links, before);
}

double find_threshold(std::vector<double> weights, double false_link_rate) {
  if (!std::ranges::is_sorted(weights, std::greater<>()))
    tbb::parallel_sort(weights, std::greater<>());
  double expected_false = 0;
  double threshold = weights.empty() ? 0 : weights.front() + 1;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    expected_false += 1 - model::probability_of(weights[i]);
    // Equal weights stand or fall together.
    if (i + 1 < weights.size() && weights[i + 1] == weights[i]) continue;
    if (expected_false <= false_link_rate * static_cast<double>(i + 1)) threshold = weights[i];
  }
  return std::max(threshold, 0.0);
}

Decisions decide(std::span<const CandidatePair> pairs, const DecisionOptions& options,
                 const SideFeatures& features) {
  Decisions result;
  RowNumbers lefts, rights;
  tbb::parallel_invoke([&] { lefts = number_rows(pairs, &CandidatePair::left); },
                       [&] { rights = number_rows(pairs, &CandidatePair::right); });
  const double plausible = model::weight_of(options.possible_probability);
  const bool compete_at_all = options.assignment != Assignment::kManyToMany;
  const FeaturesOf none;
  const FeaturesOf& left_features = compete_at_all ? features.left : none;
  const FeaturesOf& right_features = compete_at_all ? features.right : none;
  UnionFind left_groups(0), right_groups(0);
  tbb::parallel_invoke(
      [&] {
        left_groups = duplicate_groups({.pairs = pairs,
                                        .side = &CandidatePair::left,
                                        .partner_side = &CandidatePair::right,
                                        .rows = lefts,
                                        .partners = rights,
                                        .plausible_weight = plausible},
                                       left_features, right_features);
      },
      [&] {
        right_groups = duplicate_groups({.pairs = pairs,
                                         .side = &CandidatePair::right,
                                         .partner_side = &CandidatePair::left,
                                         .rows = rights,
                                         .partners = lefts,
                                         .plausible_weight = plausible},
                                        right_features, left_features);
      });
  if (options.assignment == Assignment::kOneToOne) {
    result.left_duplicates = rows_in_larger_groups(left_groups);
    result.right_duplicates = rows_in_larger_groups(right_groups);
  }
  GroupPairs grouped = group_pairs(pairs, lefts, rights, left_groups, right_groups);
  std::vector<double> alone;
  if (compete_at_all) alone = compete(grouped.groups, options.assignment == Assignment::kOneToOne);
  std::vector<bool> chosen(grouped.groups.size());
  for (const std::uint32_t i : choose(grouped.groups, options, result)) chosen[i] = true;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const CandidatePair& p = pairs[i];
    const std::uint32_t group = grouped.of_pair[i];
    const double weight = std::min<double>(grouped.groups[group].weight, p.weight);
    if (!chosen[group] && weight < options.lowest_non_link) continue;
    if (chosen[group])
      result.links.push_back({p.left, p.right, weight, Decision::kPossible, i});
    else
      result.non_links.push_back({p.left, p.right, weight, Decision::kNonLink, i});
  }
  SecondPartners seconds;
  if (compete_at_all) {
    std::vector<bool> same_number(grouped.groups.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (id_level(pairs[i]) == compare::IdLevel::kEqual) same_number[grouped.of_pair[i]] = true;
    }
    seconds = second_partners(grouped.groups, alone, chosen, same_number);
  }
  settle(result, options, std::move(seconds));
  if (options.assignment == Assignment::kOneToOne) find_outdone(pairs, grouped, chosen, result);
  return result;
}

}  // namespace bidui::link
