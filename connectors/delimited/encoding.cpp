#include "connectors/delimited/encoding.h"

#include "connectors/delimited/gb18030.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

char32_t unit_at(const char* p, Encoding encoding) {
  const auto first = static_cast<unsigned char>(p[0]);
  const auto second = static_cast<unsigned char>(p[1]);
  return encoding == Encoding::kUtf16Le ? static_cast<char32_t>(first | (second << 8))
                                        : static_cast<char32_t>((first << 8) | second);
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

Decoded decode_utf16(Encoding encoding, std::string_view bytes, bool last, TextBuffer& out) {
  Decoded result;
  char* const begin = out.reserve_more(2 * bytes.size() + 16);
  char* to = begin;
  std::size_t i = 0;
  const auto put_bad = [&] {
    *to++ = kBadByte;
    ++result.bad;
  };
  for (; i + 2 <= bytes.size(); i += 2) {
    const char32_t unit = unit_at(bytes.data() + i, encoding);
    if (!is_high_surrogate(unit)) {
      is_low_surrogate(unit) ? put_bad() : static_cast<void>(to = write_utf8(unit, to));
      continue;
    }
    if (i + 4 > bytes.size()) {
      if (!last) break;
      put_bad();
      continue;
    }
    const char32_t low = unit_at(bytes.data() + i + 2, encoding);
    if (!is_low_surrogate(low)) {
      put_bad();
      continue;
    }
    to = write_utf8(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), to);
    i += 2;
  }
  if (last && i < bytes.size()) {  // half a unit
    put_bad();
    i = bytes.size();
  }
  out.commit(static_cast<std::size_t>(to - begin));
  result.consumed = i;
  return result;
}

Decoded decode_utf8(std::string_view bytes, bool last, TextBuffer& out) {
  char* const to = out.reserve_more(bytes.size());
  if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  const Decoded result = mark_invalid_utf8(to, bytes.size(), last);
  out.commit(result.consumed);
  return result;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kGb18030:
      return "GB18030";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
  }
  return "";
}

Decoded decode(Encoding encoding, std::string_view bytes, bool last, TextBuffer& out) {
  switch (encoding) {
    case Encoding::kUtf8:
      return decode_utf8(bytes, last, out);
    case Encoding::kGb18030:
      return decode_gb18030(bytes, last, out);
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return decode_utf16(encoding, bytes, last, out);
  }
  return {};
}

}  // namespace bidui::connectors
