// Agreement of two birth dates, full or partial.
#pragma once

#include <cstdint>

#include "matcher/compare/levels.h"

namespace bidui::compare {

// Dates packed as in record/features.h. Lunar: whether one is the solar date of the other read as a
// date of the lunar calendar in the same year.
BirthLevel compare_birth(std::uint32_t a, std::uint32_t b);

}  // namespace bidui::compare
