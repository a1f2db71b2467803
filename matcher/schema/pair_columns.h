// Which columns of two files hold the same thing, decided for both files at once.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "matcher/schema/recognise.h"

namespace bidui::schema {

// A file's header with a sample of its rows; both must outlive what is made of it.
struct TableSample {
  std::span<const std::string> header{};
  std::span<const std::vector<std::string>> rows{};
};

// Two columns, one of each file, that hold the same thing.
struct ColumnPair {
  std::size_t left = 0, right = 0;
  SemanticKind kind = SemanticKind::kText;
};

// Whether the pairing needs many rows: each file has a column of an unknown header.
bool needs_many_rows(const Recognition& left, const Recognition& right);

// Pairs the columns: by equal header, whatever either file alone was taken for; then of one kind in
// order; then, of the rest whose header is unknown, those that agree. Two columns agree if they do
// so in rows that other columns show to be alike (alike_rows.h), or else share enough of their
// values or words. Columns that merely count the rows are no pair. The kind is that of both files'
// cells together. Ordered by left column. Full against given and family names, and split birth
// dates, are left to the caller. The recognised columns of a pair found so are told in `left` and
// `right`. Cost: O(cells), and O(columns²) comparisons of some hundred cells.
std::vector<ColumnPair> pair_columns(const TableSample& left_rows, Recognition& left,
                                     const TableSample& right_rows, Recognition& right);

// One file with itself: every column that says something, and those of unknown header whose cells
// are texts of several words (they repeat, if not the text does).
std::vector<ColumnPair> pair_with_itself(const TableSample& rows, Recognition& recognition);

}  // namespace bidui::schema
