// Agreement of two person names, Han or Latin.
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// Looks at readings as sets, glyph likeness and the table of name equivalents; O(12) table
// look-ups, most pairs end after the first units. Names of different scripts compare as missing.
NameLevel compare_name(const record::PersonFeatures& a, const record::PersonFeatures& b);

}  // namespace bidui::compare
