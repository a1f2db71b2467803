#include <algorithm>
#include <array>

#include "matcher/base/hash.h"
#include "matcher/record/feature_builder.h"
#include "matcher/text/chars.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/utf8.h"

namespace bidui::record {
namespace {

constexpr std::size_t kMaxText = 256;

bool is_word_for_nothing(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kNothing = {"-",    "—",   "/",   "无", "NULL",
                                                                "NONE", "NAN", "N A", "NA", "不详"};
  return std::ranges::find(kNothing, text) != kNothing.end();
}

bool is_accented_latin(char32_t c) {
  return (c >= 0xC0 && c <= 0x24F) || (c >= 0x1E00 && c <= 0x1EFF);
}

// Letters and digits folded to upper case without accents, everything else that is no letter of a
// script to single spaces.
std::size_t fold_text(std::string_view source, std::array<char, kMaxText>& out) {
  std::size_t length = 0;
  bool space = false;
  const char* p = source.data();
  const char* const end = p + source.size();
  while (p < end && length + 5 < kMaxText) {
    const text::Decoded decoded = text::decode_utf8(p, end);
    const std::string_view bytes(p, decoded.bytes);
    p += decoded.bytes;
    if (text::is_ignorable(decoded.c)) continue;
    char32_t c = text::fold_char(decoded.c);
    if (is_accented_latin(c)) {
      const text::LatinName plain = text::standardise_latin(bytes);
      if (space && length != 0 && plain.length != 0) out[length++] = ' ';
      space = space && plain.length == 0;
      length += plain.view().copy(out.data() + length, kMaxText - length);
      continue;
    }
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    const bool word =
        (c >= 0x80 && !text::is_space(c)) || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    if (!word) {
      space = space || (c != '\'' && c != '.');
      continue;
    }
    if (space && length != 0) out[length++] = ' ';
    space = false;
    length += text::encode_utf8(c, out.data() + length);
  }
  return length;
}

}  // namespace

TextFeature build_text_feature(std::string_view source) {
  TextFeature feature;
  std::array<char, kMaxText> folded{};
  const std::size_t length = fold_text(source, folded);
  const std::string_view text(folded.data(), length);
  if (text.empty() || is_word_for_nothing(text)) return feature;
  feature.length = static_cast<std::uint8_t>(text.copy(feature.bytes.data(), kTextBytes));
  feature.full_length = static_cast<std::uint8_t>(std::min<std::size_t>(length, 255));
  feature.hash = static_cast<std::uint32_t>(hash_bytes(text)) | 1U;
  return feature;
}

}  // namespace bidui::record
