#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// The code point of a sequence of `length` bytes, surrogates allowed; kReplacement when a byte is
// missing, wrong or superfluous.
char32_t decode_sequence(const char* p, const char* end, int length) {
  if (end - p < length) return kReplacement;
  constexpr char32_t kLead[] = {0, 0, 0x1F, 0x0F, 0x07};
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  char32_t c = static_cast<unsigned char>(p[0]) & kLead[length];
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(p[i]);
    if ((byte & 0xC0u) != 0x80) return kReplacement;
    c = c << 6 | (byte & 0x3Fu);
  }
  return c < kSmallest[length] || c > 0x10FFFF ? kReplacement : c;
}

}  // namespace

Decoded decode_slow(const char* p, const char* end) {
  const auto lead = static_cast<unsigned char>(p[0]);
  if (lead < 0x80) return {lead, 1};
  const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {kReplacement, 1};
  const char32_t c = decode_sequence(p, end, length);
  if (c == kReplacement) {
    const bool written = length == 3 && end - p >= 3 && lead == 0xEF &&
                         static_cast<unsigned char>(p[1]) == 0xBF &&
                         static_cast<unsigned char>(p[2]) == 0xBD;
    return {kReplacement, static_cast<std::uint8_t>(written ? 3 : 1)};
  }
  if (!is_surrogate(c)) return {c, static_cast<std::uint8_t>(length)};
  if (c < 0xDC00 && end - p >= 6) {
    const char32_t low = decode_sequence(p + 3, end, 3);
    if (low >= 0xDC00 && low <= 0xDFFF) return {0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), 6};
  }
  return {kReplacement, 3};
}

std::size_t decode_utf8(std::string_view text, std::span<char32_t> out) {
  const char* p = text.data();
  const char* end = p + text.size();
  std::size_t count = 0;
  while (p < end && count < out.size()) {
    const Decoded decoded = decode_utf8(p, end);
    out[count++] = decoded.c;
    p += decoded.bytes;
  }
  return count;
}

std::size_t encode_utf8(char32_t c, char* out) {
  if (is_surrogate(c) || c > 0x10FFFF) c = kReplacement;
  const auto put = [&](std::size_t i, char32_t byte) { out[i] = static_cast<char>(byte); };
  if (c < 0x80) {
    put(0, c);
    return 1;
  }
  if (c < 0x800) {
    put(0, 0xC0 | c >> 6);
    put(1, 0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    put(0, 0xE0 | c >> 12);
    put(1, 0x80 | (c >> 6 & 0x3F));
    put(2, 0x80 | (c & 0x3F));
    return 3;
  }
  put(0, 0xF0 | c >> 18);
  put(1, 0x80 | (c >> 12 & 0x3F));
  put(2, 0x80 | (c >> 6 & 0x3F));
  put(3, 0x80 | (c & 0x3F));
  return 4;
}

std::string to_utf8(std::span<const char32_t> chars) {
  std::string text;
  char bytes[4];
  for (const char32_t c : chars) text.append(bytes, encode_utf8(c, bytes));
  return text;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string chars(text.size(), U'\0');
  chars.resize(decode_utf8(text, chars));
  return chars;
}

}  // namespace bidui::text
