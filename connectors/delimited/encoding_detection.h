// Which encoding a file is in, from its bytes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "connectors/delimited/encoding.h"

namespace bidui::connectors {

struct DetectedEncoding {
  Encoding encoding = Encoding::kUtf8;
  std::size_t bom_bytes = 0;  // to be skipped at the beginning of the file

  bool operator==(const DetectedEncoding&) const = default;
};

// The encodings that fit, the likeliest first; empty if none does. `head` is the beginning of the
// file; `sample` a part of it from its first byte above 0x7F on (empty for pure ASCII), judged only
// where neither a byte order mark nor the pattern of UTF-16 decides. An encoding fits if at most a
// third of the lines of the sample (and of the ASCII
// lines of `head` before it) have bytes that do not decode, or such bytes are below 1 in 20:
// single damaged rows are rejected later, one by one. UTF-8 comes before GB18030 where both fit
// equally. Where lines in either are mixed, both fit. O(size).
std::vector<DetectedEncoding> detect_encodings(std::string_view head, std::string_view sample);

}  // namespace bidui::connectors
