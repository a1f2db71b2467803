// Reports of generated people for tests and for the benchmark: nothing in them is real.
#pragma once

#include <cstddef>

#include "connectors/report/report_data.h"

namespace bidui::connectors::report {

// Two townships, four rules (one not evaluated), six flags of all statuses, hostile names.
ReportData small_report();

// A county with 20 townships and ten rules. The same count and seed give the same report.
ReportData county_report(std::size_t flags, unsigned seed);

}  // namespace bidui::connectors::report
