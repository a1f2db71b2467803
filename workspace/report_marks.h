// The marks (task_mark.h) of a run's flags in its report, so that its ledger can be filled in and
// read back as a task list can.
#pragma once

#include <span>

#include "connectors/report/report_data.h"
#include "matcher/base/result.h"
#include "workspace/flag_states.h"

namespace bidui::workspace {

// Of each row whose evidence is still the flag's newest: of an older run's others could not be read
// back. Reads all steps.
Status add_marks(const store::Store& store, std::span<const FlagState> flags,
                 connectors::report::ReportData& data);

}  // namespace bidui::workspace
