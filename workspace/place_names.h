// What the places of a record are called in a report.
#pragma once

#include <string>
#include <string_view>

#include "matcher/rule/value.h"

namespace bidui::workspace {

struct RunWorld;  // run_world.h

// Names of a record's township and village: by its division code, else as its source writes them.
struct PlaceNames {
  std::string township{};
  std::string village{};
};
// `division`: 12 digits or "".
PlaceNames place_names(std::string_view division);
PlaceNames place_names(const RunWorld& world, rule::RecordRef record);

// "长湖村" of "长湖村委会", "二郎社区" of "二郎社区居委会": as people and most sources write it.
std::string village_name(std::string_view name);

}  // namespace bidui::workspace
