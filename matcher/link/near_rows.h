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

// The rows that share a person's key with one of `few`, refined or not. Uses all threads. O(rows),
// far less than to make all their keys (key/key_facts.h).
PickedRows near_rows(const RecordSpan& records, const RecordTable& few);

}  // namespace bidui::link
