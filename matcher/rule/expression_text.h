// The text of an expression together with where it stands, so that an error can name file, line and
// column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/bilingual_error.h"

namespace bidui::rule {

// One line of an expression. In a JSON file a column of the text is not a column of the file where
// the string has escapes; `columns` then holds one file column for each byte, else it is empty.
struct ExpressionLine {
  std::size_t offset = 0;    // of the line's first byte in the expression
  std::uint32_t line = 1;    // in the file, from 1
  std::uint32_t column = 1;  // of the first character, from 1
  std::vector<std::uint32_t> columns{};
};

class ExpressionText {
 public:
  ExpressionText() : ExpressionText(std::string()) {}
  // An expression that stands alone: places read "LINE:COLUMN", columns count characters.
  explicit ExpressionText(std::string text);
  // An expression in a file; `lines` in order of offset, at least one.
  ExpressionText(std::string text, std::string file, std::vector<ExpressionLine> lines);

  std::string_view text() const { return text_; }
  // "FILE:LINE:COLUMN" (or "LINE:COLUMN") of a byte; the end of the text is allowed.
  std::string place(std::size_t offset) const;
  // An error of kind kBadInput at that place.
  Error error(std::size_t offset, Bilingual message) const;

 private:
  std::string text_;
  std::string file_;
  std::vector<ExpressionLine> lines_;
};

}  // namespace bidui::rule
