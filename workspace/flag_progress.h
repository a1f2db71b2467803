// How far the work on flags has come, by unit and by rule, with how often checks found them true.
#pragma once

#include <string_view>

#include "connectors/report/flag_progress.h"
#include "matcher/base/result.h"
#include "workspace/shown_flag.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Of all flags of the filter's rule and place, whatever became of them; precision is the county's.
Result<connectors::report::FlagProgress> flag_progress(const Workspace& workspace,
                                                       const FlagFilter& filter,
                                                       std::string_view today);

}  // namespace bidui::workspace
