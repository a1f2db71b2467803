#include "matcher/rule/expression_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "matcher/base/result.h"

namespace bidui::rule {
namespace {

std::vector<ExpressionLine> split_lines(std::string_view text) {
  std::vector<ExpressionLine> lines{{}};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n') continue;
    lines.push_back({.offset = i + 1, .line = static_cast<std::uint32_t>(lines.size() + 1)});
  }
  return lines;
}

std::uint32_t count_characters(std::string_view utf8) {
  return static_cast<std::uint32_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

}  // namespace

ExpressionText::ExpressionText(std::string text)
    : text_(std::move(text)), lines_(split_lines(text_)) {}

ExpressionText::ExpressionText(std::string text, std::string file,
                               std::vector<ExpressionLine> lines)
    : text_(std::move(text)), file_(std::move(file)), lines_(std::move(lines)) {}

std::string ExpressionText::place(std::size_t offset) const {
  auto after = std::upper_bound(
      lines_.begin(), lines_.end(), offset,
      [](std::size_t wanted, const ExpressionLine& line) { return wanted < line.offset; });
  const ExpressionLine& line = *std::prev(after);
  const std::size_t within = offset - line.offset;
  std::uint32_t column = line.column;
  if (!line.columns.empty()) {
    column = within < line.columns.size() ? line.columns[within] : line.columns.back() + 1;
  } else {
    column += count_characters(std::string_view(text_).substr(line.offset, within));
  }
  const std::string position = fmt::format("{}:{}", line.line, column);
  return file_.empty() ? position : file_ + ":" + position;
}

Error ExpressionText::error(std::size_t offset, Bilingual message) const {
  return bilingual_error(ErrorCode::kBadInput, std::move(message), place(offset));
}

}  // namespace bidui::rule
