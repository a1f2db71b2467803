// A household in all sources, for a terminal and as JSON.
#pragma once

#include <string>

#include "workspace/lookup.h"

namespace bidui::cli {

// Members in rows, sources in columns, differences marked ≠; facts per source and flags below.
std::string household_text(const workspace::HouseholdView& view);

// One JSON object.
std::string lookup_json(const workspace::LookupResult& result);

}  // namespace bidui::cli
