// A household in all sources, for a terminal.
#pragma once

#include <string>

#include "workspace/lookup.h"

namespace bidui::cli {

// Members in rows, sources in columns, differences marked ≠; facts per source and flags below.
std::string household_text(const workspace::HouseholdView& view);

}  // namespace bidui::cli
