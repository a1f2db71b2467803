// The candidate pairs of records that changed, found without searching all others again: the few
// are indexed, and those of the others that may meet one (link/near_rows.h) streamed past them. The
// same code as a full search, and the same pairs (tests/matcher/link/changed_search_test.cpp).
#pragma once

#include <span>
#include <vector>

#include "matcher/link/linker.h"
#include "matcher/link/near_rows.h"

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
// side. O(records), O(keys and pairs) of those that changed; uses all threads. REQUIRES: keys of
// persons only, none of free columns.
ChangedPairs search_changed(const LeftSide& left, const RecordSpan& right,
                            const ChangedRows& changed, const LinkerOptions& options,
                            const model::Scorer& preliminary);

// The same of the left side with itself, each pair once, left < right. `near`: near_rows() of the
// left side and the changed ones.
ChangedPairs search_changed_within(const LeftSide& left, const PickedRows& changed,
                                   const NearRows& near, const LinkerOptions& options,
                                   const model::Scorer& preliminary);

}  // namespace bidui::link
