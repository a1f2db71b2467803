// How probable it is that a decision about a pair is an error, by the model: a link that is false,
// a non-link that is a match.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bidui::link {

// A pair with its decision. `relation` numbers the pair of sources; a record has at most one match
// in each.
struct DecidedPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;        // log2 posterior odds, after competition
  std::uint32_t kinds = 0;  // bit set of the key kinds that found it, 0: none
  std::uint16_t relation = 0;
  bool linked = false;
};

// For each pair the probability of an error. Of one left record's non-links in one relation the
// probabilities together are at most what its links leave: who is linked rightly has no second
// match. REQUIRES: sorted by (left, relation). O(n).
std::vector<double> error_probabilities(std::span<const DecidedPair> pairs);

}  // namespace bidui::link
