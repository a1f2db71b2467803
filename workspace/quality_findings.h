// What of a delivery's quality is told: sentences, and whether they are beyond a limit.
#pragma once

#include "connectors/report/quality_data.h"
#include "matcher/rule/quality_limits.h"

namespace bidui::workspace {

// Reads the counts of the report; sets its findings, those beyond a limit first, and `told` of
// fields.
void find_faults(const rule::QualityLimits& limits, connectors::report::QualityReport& report);

}  // namespace bidui::workspace
