// UTF-8 validation (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "connectors/delimited/encoding.h"

namespace bidui::connectors {

// Bytes of the valid sequence at `p` (1-4); 0 if none starts there; kCutSequence if the `available`
// bytes are the beginning of one.
inline constexpr int kCutSequence = -1;
int utf8_sequence_length(const unsigned char* p, std::size_t available);

// Replaces in place each byte that belongs to no valid sequence by kBadByte. A sequence cut off by
// the end is not consumed unless `last`. Several GB/s on Chinese text.
Decoded mark_invalid_utf8(char* text, std::size_t size, bool last);

// Bytes up to the first that belongs to no valid sequence. As fast as mark_invalid_utf8().
std::size_t valid_utf8_prefix(std::string_view text);

// Writes the code point (no surrogate) and returns the end of what was written: at most 4 bytes.
inline char* write_utf8(char32_t c, char* out) {
  const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}

// How many bytes from `p` on are surely ASCII: a multiple of 8 and then up to 7 more.
inline std::size_t ascii_run(const char* p, std::size_t size) {
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p + i, 8);
    word &= 0x8080808080808080ULL;
    if (word != 0) return i + static_cast<std::size_t>(__builtin_ctzll(word)) / 8;
  }
  while (i < size && static_cast<unsigned char>(p[i]) < 0x80) ++i;
  return i;
}

}  // namespace bidui::connectors
