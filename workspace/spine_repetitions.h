// The civil registry's own repetitions: people registered twice.
#pragma once

#include "workspace/person_linkage.h"
#include "workspace/run_records.h"

namespace bidui::workspace {

struct SpineRepetitions {
  std::vector<PersonLink> links{};    // a < b, by no order
  std::vector<std::uint32_t> rows{};  // that have number, or name and booklet, in common; ascending
};

// Of the last source: rows with one valid number and one name (or variants), and rows of one name
// and sex in one booklet, born at most a year apart (重户). `rows`: who may be such a one,
// ascending. O(n log n) in those.
SpineRepetitions spine_repetitions(std::span<const RunSource> sources, const RunRecords& records,
                                   std::span<const std::uint32_t> rows);

// The same groups are found among: the rows found before, and those that share a number or a name
// in a booklet with one of `changed`. Uses all threads; O(rows) where any changed.
std::vector<std::uint32_t> spine_rows_to_search(const RunSource& spine,
                                                std::span<const std::uint32_t> found_before,
                                                std::span<const std::uint32_t> changed);

}  // namespace bidui::workspace
