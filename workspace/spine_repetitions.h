// The civil registry's own repetitions: people registered twice.
#pragma once

#include "workspace/person_linkage.h"
#include "workspace/run_records.h"

namespace bidui::workspace {

// Of the last source: rows with one valid number and one name (or variants), and rows of one name
// and sex in one booklet, born at most a year apart (重户). Pairs with a < b, by no order.
// O(n log n).
std::vector<PersonLink> spine_repetitions(std::span<const RunSource> sources,
                                          const RunRecords& records);

}  // namespace bidui::workspace
