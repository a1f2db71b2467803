// The candidate pairs of records that changed, found without searching all others again: the few
// are indexed, the others streamed past them. The same code as a full search, and the same pairs
// (tests/matcher/link/changed_search_test.cpp).
#pragma once

#include <span>
#include <vector>

#include "matcher/link/linker.h"

namespace bidui::link {

struct ChangedRows {
  std::vector<std::uint32_t> left{};  // ascending
  std::vector<std::uint32_t> right{};
};

struct ChangedPairs {
  std::vector<CandidatePair> pairs{};  // as add_right() would have kept them; by (left, right)
  std::uint64_t compared = 0;
};

// Pairs of `left` and `right` of which at least one row changed. `preliminary` and `options` are
// those of the linkage; what is hot is what the left side's census says. Needs no index of the left
// side. O(keys of all records), O(pairs) of those that changed; uses all threads.
ChangedPairs search_changed(const LeftSide& left, const RecordSpan& right,
                            const ChangedRows& changed, const LinkerOptions& options,
                            const model::Scorer& preliminary);

// The same of the left side with itself, each pair once, left < right.
ChangedPairs search_changed_within(const LeftSide& left, std::span<const std::uint32_t> changed,
                                   const LinkerOptions& options, const model::Scorer& preliminary);

}  // namespace bidui::link
