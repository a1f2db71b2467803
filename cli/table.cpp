#include "cli/table.h"

#include <algorithm>
#include <utility>

#include "cli/console.h"

namespace bidui::cli {
namespace {

constexpr std::size_t kGap = 2;

std::string aligned(std::string_view cell, std::size_t width, Align align) {
  if (align == Align::kLeft) return padded(cell, width);
  const std::size_t own = display_width(cell);
  return std::string(width - std::min(own, width), ' ') + std::string(cell);
}

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths;
  bool titled = false;
  for (const Column& column : columns_) {
    widths.push_back(display_width(column.title));
    titled = titled || !column.title.empty();
  }
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c)
      widths[c] = std::max(widths[c], display_width(row[c]));
  }
  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    std::string line(indent_, ' ');
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      line += aligned(cell_of(c), widths[c], columns_[c].align) + std::string(kGap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (titled) add_line([&](std::size_t c) { return columns_[c].title; });
  for (const auto& row : rows_) add_line([&](std::size_t c) { return std::string_view(row[c]); });
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t kWidth = 96;
  constexpr std::string_view kBreaks[] = {"、", "，", "。", "；", "：", " "};
  std::string lines;
  std::string line;
  while (!text.empty()) {
    std::size_t end = text.size();
    for (const std::string_view mark : kBreaks) {
      if (const std::size_t at = text.find(mark); at != text.npos)
        end = std::min(end, at + mark.size());
    }
    if (!line.empty() &&
        indent + display_width(line) + display_width(text.substr(0, end)) > kWidth) {
      line.erase(line.find_last_not_of(' ') + 1);
      lines += std::string(indent, ' ') + std::exchange(line, {}) + "\n";
    }
    line += text.substr(0, end);
    text.remove_prefix(end);
  }
  return line.empty() ? lines : lines + std::string(indent, ' ') + line + "\n";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : std::string(say("、", ", "))) + text;
  return all;
}

}  // namespace bidui::cli
