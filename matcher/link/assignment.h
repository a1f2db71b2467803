// One-to-one assignment of weighted pairs: the set of pairs with the greatest total weight in which
// every row occurs at most once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bidui::link {

struct WeightedPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;  // only pairs with a positive weight are ever chosen
};

struct AssignmentResult {
  std::vector<std::uint32_t> chosen{};  // indexes into the pairs, ascending
  std::uint64_t components = 0;
  std::uint64_t largest_component = 0;  // rows of both sides
  std::uint64_t greedy_components = 0;  // too large to be solved exactly: heaviest pair first
};

// Exact per connected component (Hungarian method, O(n^3) in its rows) up to `exact_limit` rows on
// the smaller side; larger components greedily, heaviest first, ties by (left, right). Does not
// depend on the order of the pairs.
AssignmentResult assign_one_to_one(std::span<const WeightedPair> pairs,
                                   std::uint32_t exact_limit = 200);

}  // namespace bidui::link
