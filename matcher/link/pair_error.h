// How probable it is that a decision about a pair is an error, by the model: a link that is false,
// a non-link that is a match.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/record/features.h"

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
  std::uint8_t fields = 0;  // what both records have (shared_fields)
};

// Bit 0: an ID number, bit 1: a full date of birth. Pairs that lack one can only be found by other
// groups of keys, and some keys meet only such pairs (key::Coverage): what the keys missed is
// estimated for each of the four classes by itself.
inline constexpr std::size_t kFieldClasses = 4;
std::uint8_t shared_fields(const record::PersonFeatures& a, const record::PersonFeatures& b);

// For each pair the probability of an error. Of one left record's non-links in one relation the
// probabilities together are at most what its links leave: who is linked rightly has no second
// match. REQUIRES: sorted by (left, relation). O(n).
std::vector<double> error_probabilities(std::span<const DecidedPair> pairs);

}  // namespace bidui::link
