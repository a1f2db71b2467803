// The flags and possible links of a run as a report lists them.
#pragma once

#include <vector>

#include "connectors/report/report_data.h"

namespace bidui::workspace {

struct CompareReport;  // compare.h
struct RunWorld;       // run_world.h

// All but those that people settled.
std::vector<connectors::report::FlagRow> report_flags(const CompareReport& run);

// The most probable ones, at most `limit`.
std::vector<connectors::report::PossibleLink> report_possible_links(const RunWorld& world,
                                                                    std::size_t limit);

}  // namespace bidui::workspace
