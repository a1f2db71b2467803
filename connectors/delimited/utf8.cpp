#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

bool continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The range of the second byte keeps out overlong forms, surrogates and what lies above U+10FFFF.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return continuation(second);
  }
}

// Leads of three bytes that put a condition on the second: E0 and ED.
constexpr std::uint32_t kConditionalLeads = 1U << 0x0U | 1U << 0xDU;  // by their last four bits

// Most of Chinese text: three bytes with a lead that puts no condition on the second. Reads four.
bool is_plain_three_bytes(const char* p) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, p, sizeof bytes);
  return (bytes & 0xC0C0F0U) == 0x8080E0U && (kConditionalLeads >> (bytes & 0xFU) & 1U) == 0;
}

// Two of them at once. Reads eight.
bool are_plain_three_bytes(const char* p) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, p, sizeof bytes);
  return (bytes & 0xC0C0F0C0C0F0U) == 0x8080E08080E0U &&
         ((kConditionalLeads >> (bytes & 0xFU) | kConditionalLeads >> (bytes >> 24U & 0xFU)) &
          1U) == 0;
}

}  // namespace

int utf8_sequence_length(const unsigned char* p, std::size_t available) {
  const unsigned char lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
  if (available < 2) return kCutSequence;
  if (!second_byte_fits(lead, p[1])) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (i >= available) return kCutSequence;
    if (!continuation(p[i])) return 0;
  }
  return static_cast<int>(length);
}

Decoded mark_invalid_utf8(char* text, std::size_t size, bool last) {
  Decoded result;
  auto* const p = reinterpret_cast<unsigned char*>(text);
  std::size_t i = 0;
  while (i < size) {
    i += ascii_run(text + i, size - i);
    while (i < size && p[i] >= 0x80) {
      if (i + 8 <= size && are_plain_three_bytes(text + i)) {
        i += 6;
        continue;
      }
      if (i + 4 <= size && is_plain_three_bytes(text + i)) {
        i += 3;
        continue;
      }
      const int length = utf8_sequence_length(p + i, size - i);
      if (length > 0) {
        i += static_cast<std::size_t>(length);
        continue;
      }
      if (length == kCutSequence && !last) {
        result.consumed = i;
        return result;
      }
      text[i++] = kBadByte;
      ++result.bad;
    }
  }
  result.consumed = size;
  return result;
}

}  // namespace bidui::connectors
