// Some consecutive rows of a table, with all text that their cells point to.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/row_fate.h"
#include "connectors/delimited/text_buffer.h"

namespace bidui::connectors {

struct Row {
  std::uint32_t number = 0;  // from 1 in the file, as a spreadsheet counts
  RowFate fate = RowFate::kLoaded;
  SkipReason skip = SkipReason::kNone;        // if skipped
  RejectReason reject = RejectReason::kNone;  // if rejected
  bool filled = false;                        // some cells come from the first row of the block
  std::uint32_t reject_cell = 0;  // the damaged cell of a rejected row, where it is one cell
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;  // of a loaded row: the number of columns
  std::string_view raw{};        // the row's text, decoded, with its quotes and inner line breaks
};

// Owns what its views point to, depends on no reader, and keeps the views valid when moved: one
// thread can work on a batch while the reader fills another. Reusing a batch reuses its memory.
class RowBatch {
 public:
  // Of the table that the rows stand in: TableReader::name().
  const std::string& table() const { return table_; }

  // All rows read, also the skipped and rejected ones, in the file's order.
  std::span<const Row> rows() const { return rows_; }

  // The cells of a row, unquoted and trimmed.
  std::span<const std::string_view> cells(const Row& row) const {
    return std::span(cells_).subspan(row.first_cell, row.cell_count);
  }

  // For readers, which fill a batch row by row. Views must point into text() or arena(), of which
  // enough was reserved before.
  void set_table(const std::string& name) { table_ = name; }
  TextBuffer& text() { return text_; }
  TextBuffer& arena() { return arena_; }
  std::string_view keep(std::string_view copied) {
    char* const begin = arena_.reserve_more(copied.size());
    arena_.append(copied);
    return {begin, copied.size()};
  }
  // The same in text().
  std::string_view keep_text(std::string_view copied) {
    const std::size_t begin = text_.size();
    text_.append(copied);
    return text_.view().substr(begin);
  }
  std::span<std::string_view> add_cells(std::uint32_t count) {
    cells_.resize(cells_.size() + count);
    return std::span(cells_).last(count);
  }
  std::uint32_t next_cell() const { return static_cast<std::uint32_t>(cells_.size()); }
  std::span<std::string_view> cells_from(std::uint32_t first) {
    return std::span(cells_).subspan(first);
  }
  // Puts the cells of rows of that many columns into another order: cell i becomes what was cell
  // columns[i].
  void put_columns(std::span<const std::uint32_t> columns) {
    std::vector<std::string_view> cells(columns.size());
    for (Row& row : rows_) {
      if (row.cell_count != columns.size()) continue;
      for (std::size_t i = 0; i < columns.size(); ++i)
        cells[i] = cells_[row.first_cell + columns[i]];
      std::copy(cells.begin(), cells.end(),
                cells_.begin() + static_cast<std::ptrdiff_t>(row.first_cell));
      const auto damaged = std::find(columns.begin(), columns.end(), row.reject_cell);
      row.reject_cell = static_cast<std::uint32_t>(damaged - columns.begin());
    }
  }
  void add_row(const Row& row) { rows_.push_back(row); }
  void clear() {
    rows_.clear();
    cells_.clear();
    text_.clear();
    arena_.clear();
  }

 private:
  std::string table_;
  TextBuffer text_;
  TextBuffer arena_;
  std::vector<std::string_view> cells_;
  std::vector<Row> rows_;
};

}  // namespace bidui::connectors
