// Which rows of a table may share a key with one of a few records.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/hot_keys.h"
#include "matcher/link/record_table.h"

namespace bidui::link {

// Rows of a table, and a copy of their features.
struct PickedRows {
  std::vector<std::uint32_t> rows{};  // ascending
  RecordTable records{};
};

PickedRows pick_rows(const RecordSpan& records, std::vector<std::uint32_t> rows);

// Picked rows with those of their keys by which they may meet one of the few.
struct NearRows {
  PickedRows picked{};
  std::vector<key::FuzzyKey> keys{};  // one row's behind another's
  std::vector<std::uint32_t> ends{};  // of each picked row's keys

  // By the places of the picked rows; must not outlive this.
  KeyFunction keys_of() const;
};

// The rows that share a person's key with one of `few`, refined or not, and seldom another. Uses
// all threads. O(rows), far less than to make all their keys (key/key_facts.h).
NearRows near_rows(const RecordSpan& records, const RecordTable& few);

}  // namespace bidui::link
