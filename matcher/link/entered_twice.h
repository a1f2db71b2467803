// Whether two rows of one source are one person entered twice.
#pragma once

#include "matcher/record/features.h"

namespace bidui::link {

// Names equal or variants, and of somebody (no placeholder).
bool written_alike(const record::PersonFeatures& a, const record::PersonFeatures& b);

// Two valid ID numbers that differ.
bool numbers_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b);

// Two rows of one source are one person only where the source itself says so: number and name
// agree (a digit of one number may be wrong where the name is the same), or everything else does
// (name, sex, birth and place) while no number speaks against it.
// Twins differ in the given name and in the number, so neither holds of them.
bool entered_twice(const record::PersonFeatures& a, const record::PersonFeatures& b);

}  // namespace bidui::link
