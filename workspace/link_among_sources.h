// The second linkage: the records of all sources but the spine with each other, one model for all.
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

// Like link_to_spine(): of its pairs those of one source are decided by link::entered_twice().
void link_among_sources(std::span<const RunSource> sources, const RunRecords& records,
                        const SearchPlan& plan, const link::CannotLinks& cannot_links,
                        RunModels& models, const Progress& progress, PersonLinkage& result);

}  // namespace bidui::workspace
