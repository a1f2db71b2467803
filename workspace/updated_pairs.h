// Candidate pairs of which most are known from the run before.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/changed_search.h"
#include "matcher/link/left_side.h"
#include "matcher/link/linker.h"
#include "workspace/kept_candidates.h"

namespace bidui::workspace {

// The pairs that were kept, with those that were found now, by (left, right), not weighed yet.
struct UpdatedPairs {
  link::ScoredPairs scored{};
  std::vector<link::CandidatePair> found{};
};

// O(pairs). `options` has a model for each group, and tables.
UpdatedPairs updated_pairs(const link::LeftSide& side, const link::LinkerOptions& options,
                           std::span<const KeptPair> kept, link::ChangedPairs found);

}  // namespace bidui::workspace
