// What a linkage has to search: all, or what changed since the run before.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "matcher/link/left_side.h"
#include "workspace/candidate_reuse.h"
#include "workspace/kept_candidates.h"
#include "workspace/person_linkage.h"
#include "workspace/run_models.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

struct SearchPlan {
  std::shared_ptr<link::LeftSide> side{};
  std::optional<CandidateReuse> reuse{};  // nothing: search all
};

// `kept`: the pairs of the run before. Notes in `result` why all is searched, or how much is not.
SearchPlan plan_search(std::span<const RunSource> sources, const RunModels& models,
                       KeptCandidates kept, PersonLinkage& result);

}  // namespace bidui::workspace
