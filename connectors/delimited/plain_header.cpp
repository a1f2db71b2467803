#include "connectors/delimited/plain_header.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace bidui::connectors {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t kLongestName = 80;  // bytes: a longer cell is a text, not a column's name

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number, date, telephone or mail address rather than a word with a number ("address_1",
// "2017年").
bool is_data(std::string_view cell) {
  if (cell == "#") return false;  // heads the row numbers
  if (cell.size() > kLongestName || cell.find('@') != std::string_view::npos) return true;
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(cell, is_digit));
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(cell, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  }));
  constexpr std::size_t kDataDigits = 5;
  return digits >= kDataDigits || digits > letters || (digits == 0 && letters == 0);
}

std::size_t filled_cells(const Cells& cells) {
  return cells.size() - static_cast<std::size_t>(std::ranges::count(cells, std::string{}));
}

// The number of cells that most rows have; of equal ones the greater.
std::size_t usual_width(std::span<const Cells> rows) {
  std::map<std::size_t, std::size_t> counts;
  for (const Cells& row : rows) {
    if (filled_cells(row) > 0) ++counts[row.size()];
  }
  std::size_t width = 0;
  std::size_t most = 0;
  for (const auto& [cells, count] : counts) {
    if (count < most) continue;
    width = cells;
    most = count;
  }
  return width;
}

bool names_columns(const Cells& row) {
  std::set<std::string_view> names;
  for (const std::string& cell : row) {
    if (cell.empty()) continue;
    if (is_data(cell) || !names.insert(cell).second) return false;
  }
  return names.size() * 4 >= row.size() * 3;
}

bool is_value_below(const Cells& row, std::span<const Cells> below) {
  return std::ranges::any_of(below, [&](const Cells& other) {
    if (other == row) return false;  // the header of the next page
    for (std::size_t i = 0; i < std::min(row.size(), other.size()); ++i) {
      if (!row[i].empty() && row[i] == other[i]) return true;
    }
    return false;
  });
}

}  // namespace

std::optional<std::size_t> plain_header_row(std::span<const Cells> rows) {
  const std::size_t width = usual_width(rows);
  if (width < 2) return std::nullopt;
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    if (rows[i].size() != width || filled_cells(rows[i]) * 2 < width) continue;
    if (!names_columns(rows[i]) || is_value_below(rows[i], rows.subspan(i + 1)))
      return std::nullopt;
    return i;
  }
  return std::nullopt;
}

}  // namespace bidui::connectors
