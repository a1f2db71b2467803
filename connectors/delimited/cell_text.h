// The text of one cell.
#pragma once

#include <string>
#include <string_view>

#include "connectors/delimited/text_buffer.h"

namespace bidui::connectors {

// Without white space at both ends: ASCII blanks and controls, U+00A0, U+2000-200F (among them the
// zero-width ones), U+202F, U+2060, U+3000, U+FEFF.
std::string_view trim_cell(std::string_view cell);

// A cell that began with a quote, without its quotes and with `""` as `"`. A view into `cell` where
// that suffices, else into `arena`, in which cell.size() bytes must be reserved already.
std::string_view unquote(std::string_view cell, TextBuffer& arena);

// `="0123"`, the way to make a spreadsheet keep a number as text, is 0123; other text stays.
std::string_view unwrap_formula_text(std::string_view cell);

// `text` without any white space, inner one too: "合　计" is "合计".
std::string without_spaces(std::string_view text);

}  // namespace bidui::connectors
