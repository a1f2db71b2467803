// What came in, as a report shows it: deliveries, rejects, repairs, and how the sources were
// linked.
#pragma once

#include "connectors/report/report_data.h"

namespace bidui::workspace {

struct CompareReport;  // compare.h
struct RunWorld;       // run_world.h

// Fills sources, rejects and repairs, and adds notes on what is not listed.
void add_sources(const RunWorld& world, connectors::report::ReportData& data);

// Fills links and histograms, and adds notes on how the rates were estimated.
void add_links(const CompareReport& run, connectors::report::ReportData& data);

}  // namespace bidui::workspace
