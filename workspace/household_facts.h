// What a source says of a household beyond who its members are.
#pragma once

#include <span>
#include <vector>

#include "workspace/household_view.h"

namespace bidui::workspace {

// `records`: of one source, in the order shown. A value that all records of a household
// share becomes one fact; the others one per record. `all`: free texts as well as codes, dates and
// amounts.
std::vector<Fact> household_facts(std::span<const ReadRecord* const> records, bool all,
                                  Values values = Values::kMasked);

}  // namespace bidui::workspace
