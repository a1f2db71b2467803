// How many pairs of each stratum a review looks at.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bidui::link {

struct StratumSize {
  std::uint64_t pairs = 0;
  double expected_errors = 0;  // by the model
  bool links = false;          // else non-links
};

// At most `size` in all, at most the stratum's pairs in each. Half of the review goes to links
// (they tell of false links), half to non-links (missed ones); what one side cannot use the other
// gets. Within a side every stratum gets a few pairs, the rest follows Neyman's allocation: pairs
// times the standard deviation of an error, which is never taken to be below that of one in a
// hundred. O(strata^2).
std::vector<std::uint64_t> allocate_review(std::span<const StratumSize> strata, std::uint64_t size);

}  // namespace bidui::link
