#include "matcher/link/decision.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <unordered_map>

#include "matcher/compare/levels.h"
#include "matcher/link/assignment.h"
#include "matcher/link/components.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::level_at;

double odds_of(double weight) { return std::exp2(std::clamp(weight, -60.0, 60.0)); }

bool same_number_and_name(const CandidatePair& pair) {
  return level_at(pair.vector, static_cast<int>(Comparison::kId)) ==
             static_cast<int>(compare::IdLevel::kEqual) &&
         level_at(pair.vector, static_cast<int>(Comparison::kName)) ==
             static_cast<int>(compare::NameLevel::kExact);
}

// Rows of one side that have the same number and the same name as one row of the other are one
// person entered twice.
UnionFind duplicate_groups(std::span<const CandidatePair> pairs, std::uint32_t rows, bool of_left) {
  UnionFind groups(rows);
  std::unordered_map<std::uint32_t, std::uint32_t> first_seen;
  for (const CandidatePair& pair : pairs) {
    if (!same_number_and_name(pair)) continue;
    const std::uint32_t own = of_left ? pair.left : pair.right;
    const std::uint32_t other = of_left ? pair.right : pair.left;
    const auto [at, inserted] = first_seen.try_emplace(other, own);
    if (!inserted) groups.unite(at->second, own);
  }
  return groups;
}

std::uint64_t rows_in_larger_groups(UnionFind& groups) {
  std::uint64_t repeated = 0;
  for (std::uint32_t row = 0; row < groups.size(); ++row)
    repeated += groups.find(row) != row ? 1 : 0;
  return repeated;
}

std::uint32_t rows_of(std::span<const CandidatePair> pairs, std::uint32_t CandidatePair::*side) {
  std::uint32_t rows = 0;
  for (const CandidatePair& pair : pairs) rows = std::max(rows, pair.*side + 1);
  return rows;
}

// A pair between two groups of duplicate rows; its weight is the best of its rows' pairs.
struct GroupPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;
};

// The odds that a row's other pairs leave to one of them: 1 / (1 + sum of theirs).
std::vector<double> shares(const std::vector<GroupPair>& pairs, std::uint32_t GroupPair::*side,
                           std::uint32_t rows, const std::vector<double>& of_other_side) {
  std::vector<double> sums(rows);
  std::vector<double> result(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i)
    sums[pairs[i].*side] += odds_of(pairs[i].weight) * of_other_side[i];
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double own = odds_of(pairs[i].weight) * of_other_side[i];
    result[i] = 1 / (1 + std::max(sums[pairs[i].*side] - own, 0.0));
  }
  return result;
}

// Divides each pair's odds by those of its rivals: posterior under the condition that a group has
// one partner. A rival counts by what its own better pairs leave it (belief propagation on the
// matching), so that a twin who has his own record takes nothing from his brother.
void compete(std::vector<GroupPair>& pairs, std::uint32_t lefts, std::uint32_t rights,
             bool right_too) {
  constexpr int kRounds = 8;
  const std::vector<double> whole(pairs.size(), 1.0);
  std::vector<double> by_left = shares(pairs, &GroupPair::left, lefts, whole);
  std::vector<double> by_right = whole;
  for (int round = 0; right_too && round < kRounds; ++round) {
    by_right = shares(pairs, &GroupPair::right, rights, by_left);
    by_left = shares(pairs, &GroupPair::left, lefts, by_right);
  }
  for (std::size_t i = 0; i < pairs.size(); ++i)
    pairs[i].weight += std::log2(by_left[i]) + std::log2(by_right[i]);
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

void settle(Decisions& result, const DecisionOptions& options) {
  for (Link& link : result.links) link.weight = options.calibration(link.weight);
  for (Link& link : result.non_links) link.weight = options.calibration(link.weight);
  std::vector<double> weights;
  for (const Link& link : result.links) weights.push_back(link.weight);
  result.threshold = find_threshold(std::move(weights), options.false_link_rate);
  const double lowest =
      std::log2(options.possible_probability / (1 - options.possible_probability));
  const auto rejected =
      std::stable_partition(result.links.begin(), result.links.end(),
                            [&](const Link& link) { return link.weight >= lowest; });
  std::copy_if(rejected, result.links.end(), std::back_inserter(result.non_links),
               [&](const Link& link) { return link.weight >= options.lowest_non_link; });
  result.links.erase(rejected, result.links.end());
  for (Link& link : result.links) {
    const bool linked = link.weight >= result.threshold;
    link.decision = linked ? Decision::kLink : Decision::kPossible;
    ++(linked ? result.link_count : result.possible_count);
    if (linked) result.expected_false_links += 1 - model::probability_of(link.weight);
  }
  sort_links(result.links);
  sort_links(result.non_links);
}

std::vector<GroupPair> group_pairs(std::span<const CandidatePair> pairs, UnionFind& left_groups,
                                   UnionFind& right_groups) {
  std::vector<GroupPair> groups;
  groups.reserve(pairs.size());
  for (const CandidatePair& p : pairs) {
    groups.push_back({left_groups.find(p.left), right_groups.find(p.right), p.weight});
  }
  std::ranges::sort(groups, [](const GroupPair& a, const GroupPair& b) {
    if (a.left != b.left) return a.left < b.left;
    return a.right != b.right ? a.right < b.right : a.weight > b.weight;
  });
  const auto same = [](const GroupPair& a, const GroupPair& b) {
    return a.left == b.left && a.right == b.right;
  };
  groups.erase(std::unique(groups.begin(), groups.end(), same), groups.end());
  return groups;
}

std::vector<std::uint32_t> choose(const std::vector<GroupPair>& groups,
                                  const DecisionOptions& options, Decisions& result) {
  std::vector<std::uint32_t> chosen;
  switch (options.assignment) {
    case Assignment::kOneToOne: {
      // Benefits are positive down to the lowest possible link, so that these are settled too.
      std::vector<WeightedPair> weighted;
      weighted.reserve(groups.size());
      for (const GroupPair& g : groups) weighted.push_back({g.left, g.right, g.weight + 5});
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

}  // namespace

void sort_links(std::vector<Link>& links) {
  std::ranges::sort(links, [](const Link& a, const Link& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
}

double find_threshold(std::vector<double> weights, double false_link_rate) {
  std::ranges::sort(weights, std::greater<>());
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

Decisions decide(std::span<const CandidatePair> pairs, const DecisionOptions& options) {
  Decisions result;
  const std::uint32_t lefts = rows_of(pairs, &CandidatePair::left);
  const std::uint32_t rights = rows_of(pairs, &CandidatePair::right);
  UnionFind left_groups = duplicate_groups(pairs, lefts, true);
  UnionFind right_groups = duplicate_groups(pairs, rights, false);
  if (options.assignment == Assignment::kOneToOne) {
    result.left_duplicates = rows_in_larger_groups(left_groups);
    result.right_duplicates = rows_in_larger_groups(right_groups);
  }
  std::vector<GroupPair> groups = group_pairs(pairs, left_groups, right_groups);
  if (options.assignment != Assignment::kManyToMany) {
    compete(groups, lefts, rights, options.assignment == Assignment::kOneToOne);
  }
  struct Fate {
    double weight;
    bool chosen;
  };
  std::unordered_map<std::uint64_t, Fate> fates;
  const auto settle_group = [&](const GroupPair& group, bool chosen) {
    fates.try_emplace(static_cast<std::uint64_t>(group.left) << 32 | group.right,
                      Fate{group.weight, chosen});
  };
  for (const std::uint32_t i : choose(groups, options, result)) settle_group(groups[i], true);
  for (const GroupPair& group : groups) {
    if (group.weight >= options.lowest_non_link) settle_group(group, false);
  }
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const CandidatePair& p = pairs[i];
    const std::uint64_t group =
        static_cast<std::uint64_t>(left_groups.find(p.left)) << 32 | right_groups.find(p.right);
    const auto at = fates.find(group);
    if (at == fates.end()) continue;
    const double weight = std::min<double>(at->second.weight, p.weight);
    if (!at->second.chosen && weight < options.lowest_non_link) continue;
    std::vector<Link>& fate = at->second.chosen ? result.links : result.non_links;
    fate.push_back({p.left, p.right, weight, Decision::kPossible, i});
  }
  settle(result, options);
  return result;
}

}  // namespace bidui::link
