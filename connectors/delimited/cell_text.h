// The text of one cell.
#pragma once

#include <string>
#include <string_view>

#include "connectors/delimited/text_buffer.h"

namespace bidui::connectors {

std::string_view trim_spaces(std::string_view cell);  // the whole of trim_cell(), below

// Whether either end may be white space. Nearly all cells begin and end with a letter, a digit or a
// Han character, which these bytes tell at once.
inline bool may_need_trimming(std::string_view cell) {
  const auto first = static_cast<unsigned char>(cell.front());
  const auto last = static_cast<unsigned char>(cell.back());
  const bool first_is_text = (first > 0x20 && first < 0x7F) || (first >= 0xE4 && first <= 0xEE);
  if (!first_is_text) return true;
  if (last < 0x80) return last <= 0x20 || last == 0x7F;
  const auto lead = static_cast<unsigned char>(cell[cell.size() < 3 ? 0 : cell.size() - 3]);
  return lead < 0xE4 || lead > 0xEE;
}

// Without white space at both ends: ASCII blanks and controls, U+00A0, U+2000-200F (among them the
// zero-width ones), U+202F, U+2060, U+3000, U+FEFF.
inline std::string_view trim_cell(std::string_view cell) {
  return cell.empty() || !may_need_trimming(cell) ? cell : trim_spaces(cell);
}

// A cell that began with a quote, without its quotes and with `""` as `"`. A view into `cell` where
// that suffices, else into `arena`, in which cell.size() bytes must be reserved already.
std::string_view unquote(std::string_view cell, TextBuffer& arena);

// `="0123"`, the way to make a spreadsheet keep a number as text, is 0123; other text stays.
inline std::string_view unwrap_formula_text(std::string_view cell) {
  if (!cell.starts_with("=\"") || cell.size() < 3 || cell.back() != '"') return cell;
  return cell.substr(2, cell.size() - 3);
}

// `text` without any white space, inner one too: "合　计" is "合计".
std::string without_spaces(std::string_view text);

}  // namespace bidui::connectors
