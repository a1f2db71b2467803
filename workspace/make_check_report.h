// The content of a check report, out of the view of a household and the run that it rests on.
#pragma once

#include "connectors/report/check_report_data.h"
#include "matcher/base/result.h"
#include "workspace/check_report.h"
#include "workspace/household_view.h"

namespace bidui::workspace {

// kConflict where nothing was compared yet.
Result<connectors::report::CheckReport> make_check_report(const Workspace& workspace,
                                                          const HouseholdView& view,
                                                          const CheckReportOrder& order);

}  // namespace bidui::workspace
