#include "cli/table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/cell_lines.h"

namespace bidui::cli {
namespace {

constexpr std::size_t kGap = 2;

std::string aligned(std::string_view cell, std::size_t width, Align align) {
  if (align == Align::kLeft) return padded(cell, width);
  const std::size_t own = display_width(cell);
  return std::string(width - std::min(own, width), ' ') + std::string(cell);
}

// What a table looks like in so many columns.
class Layout {
 public:
  using Row = std::vector<std::string>;

  Layout(const std::vector<Table::Column>& columns, const std::vector<Row>& rows)
      : columns_(columns), shown_(columns.size(), true) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      least_.push_back(longest_piece(columns[c].title));
      widths_.push_back(display_width(columns[c].title));
      for (const Row& row : rows) {
        least_[c] = std::max(least_[c], longest_piece(row[c]));
        widths_[c] = std::max(widths_[c], display_width(row[c]));
      }
    }
  }

  bool shows(std::size_t column) const { return shown_[column]; }
  std::size_t width(std::size_t column) const { return widths_[column]; }

  void leave_out_spare(const std::vector<Row>& rows) {
    const auto says_nothing = [](std::string_view cell) {
      return cell.empty() || cell == "0" || cell == "—";
    };
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      shown_[c] = !columns_[c].spare ||
                  !std::ranges::all_of(rows, [&](const Row& row) { return says_nothing(row[c]); });
    }
  }

  // The widest columns that can be narrowed are, one by one.
  void narrow_to(std::size_t room) {
    while (total() > room) {
      std::optional<std::size_t> widest;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const bool can = shown_[c] && !columns_[c].whole && widths_[c] > least_[c] &&
                         columns_[c].align == Align::kLeft;
        if (can && (!widest || widths_[c] > widths_[*widest])) widest = c;
      }
      if (!widest) return;
      --widths_[*widest];
    }
  }

  std::size_t total() const {
    std::size_t sum = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (shown_[c]) sum += widths_[c] + kGap;
    }
    return sum - std::min(sum, kGap);
  }

 private:
  const std::vector<Table::Column>& columns_;
  std::vector<bool> shown_;
  std::vector<std::size_t> least_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string Table::text(std::size_t width) const {
  Layout layout(columns_, rows_);
  const std::size_t room = width - std::min(width, indent_);
  if (layout.total() > room) layout.leave_out_spare(rows_);
  layout.narrow_to(room);
  std::string text;
  const auto add_row = [&](const auto& cell_of) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      cells.push_back(cell_lines(cell_of(c), layout.width(c)));
      if (layout.shows(c)) height = std::max(height, cells.back().size());
    }
    for (std::size_t l = 0; l < height; ++l) {
      std::string line(indent_, ' ');
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (!layout.shows(c)) continue;
        const std::string_view cell = l < cells[c].size() ? cells[c][l] : std::string_view{};
        line += aligned(cell, layout.width(c), columns_[c].align) + std::string(kGap, ' ');
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
  };
  if (!std::ranges::all_of(columns_, [](const Column& c) { return c.title.empty(); }))
    add_row([&](std::size_t c) { return columns_[c].title; });
  for (const auto& row : rows_) add_row([&](std::size_t c) { return std::string_view(row[c]); });
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t kWidest = 96;
  const std::size_t width = std::min(kWidest, output_width());
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
        indent + display_width(line) + display_width(text.substr(0, end)) > width) {
      line.erase(line.find_last_not_of(' ') + 1);
      lines += std::string(indent, ' ') + std::exchange(line, {}) + "\n";
    }
    if (!line.empty() || lines.empty() || text.substr(0, end) != " ") line += text.substr(0, end);
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
