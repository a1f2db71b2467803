// The flags and possible links of a run as a report lists them.
#pragma once

#include <string>
#include <vector>

#include "connectors/report/report_data.h"
#include "matcher/rule/value.h"

namespace bidui::workspace {

struct CompareReport;  // compare.h
struct RunWorld;       // run_world.h

// Names of a record's township and village: by its division code, else as its source writes them.
struct PlaceNames {
  std::string township{};
  std::string village{};
};
// `division`: 12 digits or "".
PlaceNames place_names(std::string_view division);
PlaceNames place_names(const RunWorld& world, rule::RecordRef record);

std::vector<connectors::report::FlagRow> report_flags(const CompareReport& run);

// The most probable ones, at most `limit`.
std::vector<connectors::report::PossibleLink> report_possible_links(const RunWorld& world,
                                                                    std::size_t limit);

}  // namespace bidui::workspace
