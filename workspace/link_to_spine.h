// The first linkage: each source with the spine, a model for each source.
#pragma once

#include <span>

#include "matcher/link/cannot_links.h"
#include "workspace/person_linkage.h"
#include "workspace/progress.h"
#include "workspace/run_models.h"
#include "workspace/run_records.h"
#include "workspace/run_source.h"
#include "workspace/search_plan.h"

namespace bidui::workspace {

// Searches what the plan says; trains models that are missing. Writes its part of `result`.
void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const SearchPlan& plan, const link::CannotLinks& cannot_links, RunModels& models,
                   const Progress& progress, PersonLinkage& result);

}  // namespace bidui::workspace
