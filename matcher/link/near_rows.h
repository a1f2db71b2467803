// Which rows of a table may share a key with one of a few records.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/link/record_table.h"

namespace bidui::link {

// Rows of a table, and a copy of their features.
struct PickedRows {
  std::vector<std::uint32_t> rows{};  // ascending
  RecordTable records{};
};

PickedRows pick_rows(const RecordSpan& records, std::vector<std::uint32_t> rows);

// All rows that meet one of `few` by a person's keys (key/key_facts.h), and some others. Uses all
// threads. O(rows), far less than to make their keys.
PickedRows near_rows(const RecordSpan& records, const RecordTable& few);

}  // namespace bidui::link
