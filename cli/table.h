// Aligned columns on a terminal, Han characters counted as two.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "connectors/report/html_text.h"

namespace bidui::cli {

enum class Align : std::uint8_t { kLeft, kRight };

class Table {
 public:
  struct Column {
    std::string_view title;
    Align align = Align::kLeft;
    bool spare = false;  // left out of a table that is too wide, where each cell is "", "0" or "—"
    bool whole = false;  // its cells are pictures: never broken
  };
  // Every line begins with `indent` spaces.
  explicit Table(std::vector<Column> columns, std::size_t indent = 0)
      : columns_(std::move(columns)), indent_(indent) {}

  // As many cells as columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // All lines, titles first (none where every title is empty), no spaces at a line's end. Lines
  // have at most `width` columns: spare columns are left out first, then the widest columns of
  // text are narrowed and their cells take several lines. A word (a name, a key) is never broken,
  // so that it can be copied: where the words themselves are too long, so are the lines.
  std::string text(std::size_t width = output_width()) const;

 private:
  std::vector<Column> columns_;
  std::size_t indent_;
  std::vector<std::vector<std::string>> rows_;
};

// Lines of at most 96 columns (or the terminal's), each behind `indent` spaces; breaks behind
// Chinese punctuation and at spaces, of which none ends a line.
std::string wrapped(std::string_view text, std::size_t indent);

// "甲、乙", "a, b": the texts of a list.
std::string joined(const std::vector<std::string>& texts);

// 1234567 as "1,234,567".
using connectors::report::grouped;

}  // namespace bidui::cli
