// What the columns of any file hold, from their headers and a sample of cells, without a schema
// (contracts §2). Nothing here knows a particular data set.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/schema/header_word.h"

namespace bidui::schema {

struct ColumnGuess {
  SemanticKind kind = SemanticKind::kIgnore;
  bool from_header = false;  // the header said so and the cells agree; else the cells alone
  std::string reason_zh;     // one sentence each, for the person who started the program;
  std::string reason_en;     // they quote the header, never a cell
};

struct Recognition {
  std::vector<ColumnGuess> columns;  // parallel to the header
  // The column that names a row; its kind is kRowKey. Unique in the sample: the caller checks the
  // rest.
  std::optional<std::size_t> row_key;
};

// `sample` holds rows (about the first 1000; shorter rows count as blank cells). Names, birth date,
// national number, sex, postcode and e-mail are given to one column each; others may repeat. A
// column that is empty, constant, or of unknown meaning without values that repeat between rows is
// kIgnore. A header whose claim the cells contradict is treated as unknown. Deterministic.
// Cost: O(cells of the sample).
Recognition recognise_columns(std::span<const std::string> header,
                              std::span<const std::vector<std::string>> sample);

// Two columns, one of each file, that hold the same thing.
struct ColumnPair {
  std::size_t left = 0, right = 0;
  SemanticKind kind = SemanticKind::kText;
};

// Pairs the columns of two files: equal kinds by equal header first, then in order; text, category
// and number only by equal header (where the kinds differ, as text). Ordered by left column. Full
// against given and family names is left to the caller.
std::vector<ColumnPair> pair_columns(std::span<const std::string> left_header,
                                     const Recognition& left,
                                     std::span<const std::string> right_header,
                                     const Recognition& right);

}  // namespace bidui::schema
