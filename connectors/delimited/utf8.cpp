#include "connectors/delimited/utf8.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

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

#if defined(__x86_64__)

struct ByteKinds {
  std::uint64_t leads = 0;          // of three bytes, without a condition on the second
  std::uint64_t continuations = 0;  // a bit per byte
  std::uint64_t others = 0;         // neither, nor ASCII
};

ByteKinds kinds_of(const char* p) {
  ByteKinds kinds;
  for (unsigned part = 0; part < 64; part += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + part));
    const auto mask = [part](__m128i hits) {
      return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hits))} << part;
    };
    const auto is = [&](int byte) {
      return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(byte)));
    };
    const __m128i high = _mm_and_si128(bytes, _mm_set1_epi8(static_cast<char>(0xF0)));
    const __m128i three = _mm_cmpeq_epi8(high, _mm_set1_epi8(static_cast<char>(0xE0)));
    const std::uint64_t leads = mask(_mm_andnot_si128(_mm_or_si128(is(0xE0), is(0xED)), three));
    const std::uint64_t continuations =
        mask(_mm_cmpgt_epi8(_mm_set1_epi8(static_cast<char>(0xC0)), bytes));
    kinds.leads |= leads;
    kinds.continuations |= continuations;
    kinds.others |= mask(bytes) & ~(leads | continuations);
  }
  return kinds;
}

// How many bytes from `p` on, which begins a sequence, are surely ASCII and plain sequences of
// three bytes, whole ones.
std::size_t plain_run(const char* p, std::size_t size) {
  std::uint64_t carried = 0;  // continuations that the block before asks for: bits 0 and 1
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) {
    const ByteKinds kinds = kinds_of(p + i);
    const std::uint64_t wanted = kinds.leads << 1 | kinds.leads << 2 | carried;
    if (kinds.others != 0 || wanted != kinds.continuations) break;
    carried = kinds.leads >> 63 | kinds.leads >> 62;
  }
  // Back to the lead whose continuations are not seen.
  return i - (carried == 0 ? 0 : carried == 1 ? 2 : 1);
}

#else

std::size_t plain_run(const char* p, std::size_t size) { return ascii_run(p, size); }

#endif

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

std::size_t valid_utf8_prefix(std::string_view text) {
  const char* const chars = text.data();
  const std::size_t size = text.size();
  const auto* const p = reinterpret_cast<const unsigned char*>(chars);
  std::size_t i = 0;
  std::size_t plain_until = 0;  // where to look for a plain run again
  while (i < size) {
    if (i >= plain_until) {
      i += plain_run(chars + i, size - i);
      plain_until = i + 64;
    }
    i += ascii_run(chars + i, size - i);
    while (i < size && p[i] >= 0x80) {
      if (i + 8 <= size && are_plain_three_bytes(chars + i)) {
        i += 6;
        continue;
      }
      if (i + 4 <= size && is_plain_three_bytes(chars + i)) {
        i += 3;
        continue;
      }
      const int length = utf8_sequence_length(p + i, size - i);
      if (length <= 0) return i;
      i += static_cast<std::size_t>(length);
    }
  }
  return size;
}

Decoded mark_invalid_utf8(char* text, std::size_t size, bool last) {
  Decoded result;
  auto* const p = reinterpret_cast<unsigned char*>(text);
  for (;;) {
    result.consumed += valid_utf8_prefix({text + result.consumed, size - result.consumed});
    if (result.consumed == size) return result;
    const int length = utf8_sequence_length(p + result.consumed, size - result.consumed);
    if (length == kCutSequence && !last) return result;
    text[result.consumed++] = kBadByte;
    ++result.bad;
  }
}

}  // namespace bidui::connectors
