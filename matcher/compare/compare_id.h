// Agreement of two ID numbers (GB 11643).
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// Two numbers that are both valid and differ in a digit belong to two people (twins, neighbours in
// the register): a typing error breaks the check digit, so the near levels need a side that is not
// valid; in the sequence one that is broken, not one of 15 digits, which has no check digit to
// break. O(18), no heap.
IdLevel compare_id(const record::PersonFeatures& a, const record::PersonFeatures& b);

}  // namespace bidui::compare
