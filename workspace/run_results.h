// All that a run leaves behind: machine files and report in its directory, the run in the store.
#pragma once

#include "matcher/base/result.h"
#include "workspace/compare.h"

namespace bidui::workspace {

// Writes them beside each other into the run's directory, which must exist. The store knows the run
// once its machine files are there, whatever becomes of the report: that can be made again. Into
// `phase` go the times of the parts. Errors: kIo, those of the store.
Status write_results(const CompareReport& run, const CompareOptions& options, Workspace& workspace,
                     PhaseTime& phase);

}  // namespace bidui::workspace
