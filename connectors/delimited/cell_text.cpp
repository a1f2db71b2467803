#include "connectors/delimited/cell_text.h"

#include <array>

namespace bidui::connectors {
namespace {

bool is_blank_byte(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '\x7F'; }

bool is_wide_space(std::string_view three_bytes) {
  const char a = three_bytes[0];
  const char b = three_bytes[1];
  const auto c = static_cast<unsigned char>(three_bytes[2]);
  if (a == '\xE3') return b == '\x80' && c == 0x80;
  if (a == '\xEF') return b == '\xBB' && c == 0xBF;
  if (a != '\xE2') return false;
  return (b == '\x80' && ((c >= 0x80 && c <= 0x8F) || c == 0xAF)) || (b == '\x81' && c == 0xA0);
}

// Bytes of the white space at the beginning; 0 if there is none.
std::size_t leading_space(std::string_view text) {
  if (text.empty()) return 0;
  if (is_blank_byte(text[0])) return 1;
  if (static_cast<unsigned char>(text[0]) < 0xC2) return 0;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.size() >= 3 && is_wide_space(text) ? 3 : 0;
}

std::size_t trailing_space(std::string_view text) {
  if (text.empty()) return 0;
  const char last = text.back();
  if (is_blank_byte(last)) return 1;
  if (static_cast<unsigned char>(last) < 0x80) return 0;
  if (text.ends_with("\xC2\xA0")) return 2;
  return text.size() >= 3 && is_wide_space(text.substr(text.size() - 3)) ? 3 : 0;
}

}  // namespace

std::string_view trim_spaces(std::string_view cell) {
  while (const std::size_t n = leading_space(cell)) cell.remove_prefix(n);
  while (const std::size_t n = trailing_space(cell)) cell.remove_suffix(n);
  return cell;
}

std::string_view unquote(std::string_view cell, TextBuffer& arena) {
  const std::size_t next_quote = cell.find('"', 1);
  if (next_quote == std::string_view::npos) return cell.substr(1);
  if (next_quote + 1 == cell.size()) return cell.substr(1, cell.size() - 2);
  char* const begin = arena.reserve_more(cell.size());
  char* to = begin;
  bool quoted = true;
  for (std::size_t i = 1; i < cell.size(); ++i) {
    if (quoted && cell[i] == '"') {
      if (i + 1 < cell.size() && cell[i + 1] == '"') {
        ++i;
      } else {
        quoted = false;  // what follows is taken as it stands
        continue;
      }
    }
    *to++ = cell[i];
  }
  const auto size = static_cast<std::size_t>(to - begin);
  arena.commit(size);
  return {begin, size};
}

std::string without_spaces(std::string_view text) {
  std::string compact;
  while (!text.empty()) {
    if (const std::size_t n = leading_space(text)) {
      text.remove_prefix(n);
    } else {
      compact += text.front();
      text.remove_prefix(1);
    }
  }
  return compact;
}

}  // namespace bidui::connectors
