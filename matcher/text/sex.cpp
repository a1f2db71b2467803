#include "matcher/text/sex.h"

#include <array>

#include "matcher/text/chars.h"
#include "matcher/text/utf8.h"

namespace bidui::text {

Sex parse_sex(std::string_view text) {
  if (text == "男") return Sex::kMale;
  if (text == "女") return Sex::kFemale;
  std::array<char32_t, 16> raw{};
  const std::size_t count = decode_utf8(text, raw);
  std::array<char32_t, 16> chars{};
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    char32_t c = fold_char(raw[i]);
    if (is_space(c) || c == U'\'' || c == U'"') continue;
    if (c >= U'a' && c <= U'z') c = c - U'a' + U'A';
    chars[length++] = c;
  }
  const std::u32string_view word(chars.data(), length);
  if (word.starts_with(U'男') && word.find(U'女') == word.npos) return Sex::kMale;
  if (word.starts_with(U'女') && word.find(U'男') == word.npos) return Sex::kFemale;
  if (word == U"1" || word == U"01" || word == U"1.0" || word == U"M" || word == U"MALE") {
    return Sex::kMale;
  }
  if (word == U"2" || word == U"02" || word == U"2.0" || word == U"F" || word == U"FEMALE") {
    return Sex::kFemale;
  }
  return Sex::kUnknown;
}

}  // namespace bidui::text
