#include "connectors/delimited/gb18030.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unicode/ucnv.h>
#include <vector>

#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kLeads = 0xFE - 0x81 + 1;
constexpr std::size_t kTrails = 0x100;             // indexed by the byte itself: no subtraction
constexpr std::uint32_t kFourByteBmp = 39420;      // linear 0x81308130 ... 0x8431A439
constexpr std::uint32_t kFourBytePlanes = 189000;  // linear 0x90308130 = U+10000
constexpr char16_t kUnmapped = 0xFFFF;

bool is_lead(unsigned char byte) { return byte >= 0x81 && byte <= 0xFE; }
bool is_digit(unsigned char byte) { return byte >= 0x30 && byte <= 0x39; }
bool is_trail(unsigned char byte) { return byte >= 0x40 && byte <= 0xFE && byte != 0x7F; }

struct Tables {
  // The character in UTF-8 in the low bytes (first byte lowest), its length in the highest; 0 if
  // none.
  std::array<std::uint32_t, kLeads * kTrails> two_bytes{};
  std::vector<char16_t> four_bytes = std::vector<char16_t>(kFourByteBmp, kUnmapped);
};

// One character through ICU, which stops at what it cannot map; kUnmapped then.
char16_t icu_decode(UConverter* converter, const char* bytes, int length) {
  UErrorCode status = U_ZERO_ERROR;
  std::array<UChar, 4> text{};
  const std::int32_t written = ucnv_toUChars(
      converter, text.data(), static_cast<std::int32_t>(text.size()), bytes, length, &status);
  return U_SUCCESS(status) && written == 1 ? text[0] : kUnmapped;
}

std::uint32_t packed_utf8(char16_t c) {
  std::array<char, 4> utf8{};
  const auto length = static_cast<std::uint32_t>(write_utf8(c, utf8.data()) - utf8.data());
  std::uint32_t packed = length << 24;
  for (std::uint32_t i = 0; i < length; ++i) {
    packed |= static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[i])) << (8 * i);
  }
  return packed;
}

void fill_two_bytes(UConverter* converter, Tables& tables) {
  for (std::size_t lead = 0x81; lead <= 0xFE; ++lead) {
    for (std::size_t trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail == 0x7F) continue;
      const std::array<char, 2> bytes{static_cast<char>(lead), static_cast<char>(trail)};
      const char16_t c = icu_decode(converter, bytes.data(), 2);
      if (c != kUnmapped) tables.two_bytes[(lead - 0x81) * kTrails + trail] = packed_utf8(c);
    }
  }
}

void fill_four_bytes(UConverter* converter, Tables& tables) {
  for (std::uint32_t linear = 0; linear < kFourByteBmp; ++linear) {
    const std::array<char, 4> bytes{
        static_cast<char>(0x81 + linear / 12600), static_cast<char>(0x30 + linear / 1260 % 10),
        static_cast<char>(0x81 + linear / 10 % 126), static_cast<char>(0x30 + linear % 10)};
    tables.four_bytes[linear] = icu_decode(converter, bytes.data(), 4);
  }
}

Tables build_tables() {
  Tables tables;
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("gb18030", &status);
  if (U_FAILURE(status)) return tables;  // no ICU data: everything counts as undecodable
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  fill_two_bytes(converter, tables);
  fill_four_bytes(converter, tables);
  ucnv_close(converter);
  return tables;
}

const Tables& tables() {
  static const Tables kTables = build_tables();
  return kTables;
}

// The code point of a well-formed four-byte sequence, or kUnmapped.
char32_t four_byte_code_point(const Tables& table, const unsigned char* p) {
  const std::uint32_t linear =
      ((static_cast<std::uint32_t>(p[0] - 0x81) * 10 + (p[1] - 0x30u)) * 126 + (p[2] - 0x81u)) *
          10 +
      (p[3] - 0x30u);
  if (linear < kFourByteBmp) return table.four_bytes[linear];
  if (linear < kFourBytePlanes || linear >= kFourBytePlanes + 0x100000) return kUnmapped;
  return linear - kFourBytePlanes + 0x10000;
}

}  // namespace

int gb18030_sequence_length(const unsigned char* p, std::size_t available) {
  if (p[0] < 0x80) return 1;
  if (!is_lead(p[0])) return 0;
  if (available < 2) return kCutSequence;
  if (is_trail(p[1])) return tables().two_bytes[(p[0] - 0x81u) * kTrails + p[1]] != 0 ? 2 : 0;
  if (!is_digit(p[1])) return 0;
  if (available < 3) return kCutSequence;
  if (!is_lead(p[2])) return 0;
  if (available < 4) return kCutSequence;
  return is_digit(p[3]) && four_byte_code_point(tables(), p) != kUnmapped ? 4 : 0;
}

Decoded decode_gb18030(std::string_view bytes, bool last, TextBuffer& out) {
  Decoded result;
  const Tables& table = tables();
  const auto* const p = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t size = bytes.size();
  char* const begin = out.reserve_more(2 * size + 16);  // 2 bytes become 3; writes go 4 at a time
  char* to = begin;
  std::size_t i = 0;
  while (i < size) {
    const std::size_t run = ascii_run(bytes.data() + i, size - i);
    std::memcpy(to, p + i, run);
    to += run;
    i += run;
    while (i < size && p[i] >= 0x80) {
      if (i + 1 < size && p[i] >= 0x81 && p[i] != 0xFF) {
        const std::uint32_t packed = table.two_bytes[(p[i] - 0x81u) * kTrails + p[i + 1]];
        if (packed != 0) {
          std::memcpy(to, &packed, 4);
          to += packed >> 24;
          i += 2;
          continue;
        }
      }
      const int length = gb18030_sequence_length(p + i, size - i);
      if (length == kCutSequence && !last) {
        out.commit(static_cast<std::size_t>(to - begin));
        result.consumed = i;
        return result;
      }
      if (length == 4) {
        to = write_utf8(four_byte_code_point(table, p + i), to);
        i += 4;
        continue;
      }
      *to++ = kBadByte;
      ++result.bad;
      ++i;
    }
  }
  out.commit(static_cast<std::size_t>(to - begin));
  result.consumed = size;
  return result;
}

}  // namespace bidui::connectors
