#include "matcher/text/mask.h"

#include <algorithm>
#include <span>

#include "matcher/text/chars.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

// Quotes are no part of a value: '342826… is text for a spreadsheet.
bool is_visible(char32_t c) {
  constexpr std::u32string_view kQuotes = U"'\"`‘’“”";
  return !is_space(c) && !is_ignorable(c) && kQuotes.find(c) == kQuotes.npos;
}

std::u32string visible_chars(std::string_view text) {
  std::u32string chars;
  for (const char32_t c : to_utf32(text)) {
    if (is_visible(c)) chars += c;
  }
  return chars;
}

// The first and the last characters stay, the rest is one * each; where they would leave fewer than
// `least` hidden, only the first `few` stay.
struct Window {
  std::size_t first, last, least, few;
};

std::string mask_middle(std::u32string chars, Window window) {
  std::size_t first = window.first;
  std::size_t last = window.last;
  if (chars.size() < first + last + window.least) {
    first = std::min(window.few, chars.size() / 3);
    last = 0;
  }
  for (std::size_t i = first; i + last < chars.size(); ++i) chars[i] = U'*';
  return to_utf8(chars);
}

bool is_digit_like(char32_t c) {
  const char32_t folded = fold_char(c);
  return (folded >= U'0' && folded <= U'9') || folded == U'X' || folded == U'x';
}

// True when `text` can be the name of a division down to the village.
bool ends_division(std::u32string_view text) {
  constexpr std::u32string_view kOne = U"省市县州盟旗镇乡村";
  if (kOne.find(text.back()) != kOne.npos) return true;
  if (text.ends_with(U"区")) return !text.ends_with(U"小区");
  return text.ends_with(U"街道") || text.ends_with(U"村委会") || text.ends_with(U"居委会") ||
         text.ends_with(U"委员会");
}

}  // namespace

std::string mask_id(std::string_view text) {
  constexpr Window kWindow{.first = 6, .last = 2, .least = 7, .few = 2};
  return mask_middle(visible_chars(text), kWindow);
}

std::string mask_phone(std::string_view text) {
  constexpr Window kWindow{.first = 3, .last = 2, .least = 6, .few = 2};
  return mask_middle(visible_chars(text), kWindow);
}

std::string mask_name(std::string_view text) {
  std::u32string chars = visible_chars(text);
  if (chars.empty()) return {};
  if (!is_han(chars[0])) return to_utf8(std::span<const char32_t>(chars.data(), 1)) + "***";
  constexpr std::size_t kLongest = 8;  // a remark's length is nobody's business
  if (chars.size() > kLongest) chars.resize(kLongest);
  for (std::size_t i = 1; i < chars.size(); ++i) chars[i] = U'*';
  return to_utf8(chars);
}

std::string mask_address(std::string_view text) {
  const std::u32string chars = visible_chars(text);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < chars.size() && !is_digit_like(chars[i]); ++i) {
    if (ends_division(std::u32string_view(chars).substr(0, i + 1))) kept = i + 1;
  }
  return to_utf8(std::span<const char32_t>(chars.data(), kept)) +
         (kept < chars.size() ? "***" : "");
}

std::string mask_other(std::string_view text) {
  const std::u32string chars = visible_chars(text);
  return chars.empty() ? std::string()
                       : to_utf8(std::span<const char32_t>(chars.data(), 1)) + "***";
}

}  // namespace bidui::text
