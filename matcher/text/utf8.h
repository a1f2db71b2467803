// Code points in and out of UTF-8. Everything is pure, allocates only where a std::string is
// returned, and never fails: what is no valid UTF-8 decodes as U+FFFD, one per bad sequence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bidui::text {

inline constexpr char32_t kReplacement = 0xFFFD;  // what could not be decoded
inline constexpr char32_t kWildcard = 0xFFFC;     // a damaged character: stands for any one

struct Decoded {
  char32_t c;
  std::uint8_t bytes;  // consumed; at least 1
};

// The code point that starts at `p`; REQUIRES p < end. A surrogate pair that was encoded as two
// three-byte sequences (CESU-8) is joined; half of one is U+FFFD.
Decoded decode_slow(const char* p, const char* end);

inline Decoded decode_utf8(const char* p, const char* end) {
  const auto b0 = static_cast<unsigned char>(p[0]);
  if (b0 < 0x80) return {b0, 1};
  if (b0 >= 0xE1 && b0 < 0xED && end - p >= 3) {
    const auto b1 = static_cast<unsigned char>(p[1]);
    const auto b2 = static_cast<unsigned char>(p[2]);
    if ((b1 & 0xC0u) == 0x80 && (b2 & 0xC0u) == 0x80) {
      return {(b0 & 0x0Fu) << 12 | (b1 & 0x3Fu) << 6 | (b2 & 0x3Fu), 3};
    }
  }
  return decode_slow(p, end);
}

// Fills `out` with the code points of `text`; returns how many. The rest is cut when `out` is full.
std::size_t decode_utf8(std::string_view text, std::span<char32_t> out);

// Writes `c` to `out` (room for 4 bytes); returns the bytes written. No code point: U+FFFD.
std::size_t encode_utf8(char32_t c, char* out);

// For display and tests.
std::string to_utf8(std::span<const char32_t> chars);
std::u32string to_utf32(std::string_view text);

}  // namespace bidui::text
