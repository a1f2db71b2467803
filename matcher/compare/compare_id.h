// Agreement of two ID numbers (GB 11643).
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// Two numbers that are both valid and differ in a digit belong to two people (twins, neighbours in
// the register): a typing error breaks the check digit, so the near levels need a side that is not
// valid.
IdLevel compare_id(const record::PersonFeatures& a, const record::PersonFeatures& b);

}  // namespace bidui::compare
