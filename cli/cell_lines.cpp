#include "cli/cell_lines.h"

#include <algorithm>
#include <utility>

#include "cli/console.h"

namespace bidui::cli {
namespace {

std::size_t character_size(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_han(std::string_view character) { return display_width(character) == 2; }

bool is_one_of(std::string_view character, std::string_view marks) {
  return !character.empty() && marks.find(character) != std::string_view::npos;
}

// Stays with what stands before it.
bool closes(std::string_view c) { return is_one_of(c, "、，。；：！？）》”’"); }
// Stays with what stands behind it.
bool opens(std::string_view c) { return is_one_of(c, "（《“‘"); }

// May a line end between the two neighbours? Quotation marks are as narrow as letters.
bool breaks_between(std::string_view before, std::string_view after) {
  if (closes(after) || opens(before)) return false;
  if (before == " " || after == " ") return true;
  return is_han(before) || is_han(after) || closes(before) || opens(after);
}

// The text up to the first place where a line may end.
std::string_view next_piece(std::string_view text) {
  std::size_t end = std::min(text.size(), character_size(text.front()));
  std::string_view before = text.substr(0, end);
  while (end < text.size()) {
    const std::string_view after = text.substr(end, character_size(text[end]));
    if (breaks_between(before, after)) break;
    end += after.size();
    before = after;
  }
  return text.substr(0, end);
}

}  // namespace

std::size_t longest_piece(std::string_view utf8) {
  std::size_t longest = 0;
  while (!utf8.empty()) {
    const std::string_view piece = next_piece(utf8);
    longest = std::max(longest, display_width(piece));
    utf8.remove_prefix(piece.size());
  }
  return longest;
}

std::vector<std::string> cell_lines(std::string_view utf8, std::size_t width) {
  if (display_width(utf8) <= width) return {std::string(utf8)};
  std::vector<std::string> lines;
  std::string line;
  const auto end_line = [&] {
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty()) lines.push_back(std::exchange(line, {}));
  };
  while (!utf8.empty()) {
    const std::string_view piece = next_piece(utf8);
    utf8.remove_prefix(piece.size());
    if (display_width(line) + display_width(piece) > width) end_line();
    if (!line.empty() || piece != " ") line += piece;
  }
  end_line();
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace bidui::cli
