// The obvious way to split delimited text, byte by byte: the judge of the fast one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bidui::reference {

struct Table {
  std::vector<std::vector<std::string>> rows;
  bool ends_in_quotes = false;
};

inline Table split_delimited(std::string_view text, char delimiter) {
  Table table;
  std::vector<std::string> row;
  std::string cell;
  bool begun = false;   // anything of the row was seen
  bool quoted = false;  // between quotes
  bool plain = false;   // past the first byte of the cell, or behind its closing quote
  const auto end_cell = [&] {
    row.push_back(cell);
    cell.clear();
    plain = false;
  };
  const auto end_row = [&] {
    end_cell();
    table.rows.push_back(row);
    row.clear();
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : 'x';
    begun = true;
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (next == '"' && i + 1 < text.size()) {
        cell += '"';
        ++i;
      } else {
        quoted = false;
        plain = true;
      }
    } else if (c == delimiter) {
      end_cell();
    } else if (c == '\r' || c == '\n') {
      if (c == '\r' && next == '\n') ++i;
      end_row();
    } else if (c == '"' && !plain) {
      quoted = true;
    } else {
      cell += c;
      plain = true;
    }
  }
  table.ends_in_quotes = quoted;
  if (begun && !quoted) end_row();
  return table;
}

}  // namespace bidui::reference
