// What the report of a comparison shows, taken from the run while it is in memory.
#pragma once

#include "connectors/report/report_data.h"

namespace bidui::workspace {

struct CompareReport;  // compare.h

// Everything is masked. `county`: the workspace's division of 6 digits, 0 if not set. Uses all
// threads; about 0.1 s per 10,000 flags.
connectors::report::ReportData make_report_data(const CompareReport& run, std::uint32_t county);

}  // namespace bidui::workspace
