// The first linkage: each source with the spine, a model for each source.
#pragma once

#include <memory>
#include <span>

#include "matcher/link/cannot_links.h"
#include "matcher/link/left_side.h"
#include "workspace/candidate_reuse.h"
#include "workspace/person_linkage.h"
#include "workspace/progress.h"
#include "workspace/run_models.h"
#include "workspace/run_records.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

// Searches all, or without `reuse` null what changed; trains models that are missing. Writes its
// part of `result`.
void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const std::shared_ptr<link::LeftSide>& side,
                   const link::CannotLinks& cannot_links, RunModels& models,
                   const CandidateReuse* reuse, const Progress& progress, PersonLinkage& result);

}  // namespace bidui::workspace
