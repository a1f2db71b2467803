#include "connectors/delimited/formula_text.h"

#include <algorithm>
#include <array>

namespace bidui::connectors {
namespace {

// What a spreadsheet may drop before it looks: blanks, controls, zero-width characters, BOM.
std::string_view without_blanks(std::string_view text) {
  constexpr std::array<std::string_view, 7> kUnseen{"\xC2\xA0",     "\xE3\x80\x80", "\xEF\xBB\xBF",
                                                    "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
                                                    "\xE2\x81\xA0"};
  for (;;) {
    if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
      text.remove_prefix(1);
      continue;
    }
    const auto* const unseen = std::ranges::find_if(
        kUnseen, [&](std::string_view blank) { return text.starts_with(blank); });
    if (unseen == kUnseen.end()) return text;
    text.remove_prefix(unseen->size());
  }
}

// "-3.5", "-1,200": digits behind the sign, at most one point.
bool is_negative_number(std::string_view text) {
  if (text == "-" || text == "－") return true;
  if (text.size() < 2 || text.front() != '-') return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto number = text.substr(1);
  return digit(number.front()) && digit(number.back()) &&
         std::ranges::all_of(number, [&](char c) { return digit(c) || c == '.' || c == ','; }) &&
         std::ranges::count(number, '.') <= 1;
}

bool has_apostrophe_before_formula(std::string_view text) {
  const std::size_t behind = text.find_first_not_of('\'');
  return behind != 0 && behind != std::string_view::npos && looks_like_formula(text.substr(behind));
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 8> kStarts{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  if (text.empty() || is_negative_number(text)) return false;
  if (text.front() == '\t' || text.front() == '\r' || text.front() == '\n') return true;
  const std::string_view seen = without_blanks(text);
  return std::ranges::any_of(kStarts, [&](std::string_view s) { return seen.starts_with(s); });
}

std::string neutralised(std::string_view text) {
  const bool harmless = !looks_like_formula(text) && !has_apostrophe_before_formula(text);
  std::string cell(harmless ? "" : "'");
  return cell.append(text);
}

std::string_view restored(std::string_view cell) {
  return has_apostrophe_before_formula(cell) ? cell.substr(1) : cell;
}

}  // namespace bidui::connectors
