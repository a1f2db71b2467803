// The encodings that offices deliver, and decoding a piece of a file to UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "connectors/delimited/text_buffer.h"

namespace bidui::connectors {

enum class Encoding : std::uint8_t {
  kUtf8,
  kGb18030,  // and its subsets GBK and GB2312
  kUtf16Le,
  kUtf16Be,
};

// For summaries: "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE".
std::string_view encoding_name(Encoding encoding);

// Stands in decoded text for each byte that did not decode. It occurs in no valid UTF-8, so whoever
// finds it knows that the row is damaged.
inline constexpr char kBadByte = '\xFF';

struct Decoded {
  std::size_t consumed = 0;  // bytes of the input; less than all only where a character is cut
  std::size_t bad = 0;       // kBadBytes written
};

// Appends `bytes` to `out` as UTF-8. A character that `bytes` cut off at the end is left unconsumed
// (at most 3 bytes), or counts as bad if `last`. After bytes that do not decode, reading goes on at
// the earliest possible byte, so that no delimiter, quote or line end is swallowed. Private-use
// characters stay as they are: the text layer folds them. O(size); no other allocation than that of
// `out`.
Decoded decode(Encoding encoding, std::string_view bytes, bool last, TextBuffer& out);

}  // namespace bidui::connectors
