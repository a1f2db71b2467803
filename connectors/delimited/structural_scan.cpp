#include "connectors/delimited/structural_scan.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bidui::connectors {
namespace {

// Each kernel writes the positions in [from, text.size()) to `out` and returns the end of them.
std::uint32_t* find_scalar(std::string_view text, std::size_t from, char delimiter,
                           std::uint32_t* out) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    *out = static_cast<std::uint32_t>(i);
    out += c == delimiter || c == '"' || c == '\n' || c == '\r' ? 1 : 0;
  }
  return out;
}

#if defined(__x86_64__)

// Four at a time, whether they are there or not: fewer mispredicted branches; the surplus is
// overwritten.
std::uint32_t* write_bits(std::uint64_t mask, std::size_t base, std::uint32_t* out) {
  std::uint32_t* const end = out + __builtin_popcountll(mask);
  while (mask != 0) {
    for (int i = 0; i < 4; ++i) {
      *out++ = static_cast<std::uint32_t>(base) +
               static_cast<std::uint32_t>(__builtin_ctzll(mask | (1ULL << 63)));
      mask &= mask - 1;
    }
  }
  return end;
}

std::uint32_t* find_sse2(std::string_view text, char delimiter, std::uint32_t* out) {
  const __m128i wanted_delimiter = _mm_set1_epi8(delimiter);
  const __m128i wanted_quote = _mm_set1_epi8('"');
  const __m128i wanted_lf = _mm_set1_epi8('\n');
  const __m128i wanted_cr = _mm_set1_epi8('\r');
  std::size_t base = 0;
  for (; base + 64 <= text.size(); base += 64) {
    std::uint64_t mask = 0;
    for (std::size_t part = 0; part < 4; ++part) {
      __m128i bytes;
      std::memcpy(&bytes, text.data() + base + 16 * part, 16);
      const __m128i hit = _mm_or_si128(
          _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted_delimiter),
                       _mm_cmpeq_epi8(bytes, wanted_quote)),
          _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted_lf), _mm_cmpeq_epi8(bytes, wanted_cr)));
      mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit)))
              << (16 * part);
    }
    out = write_bits(mask, base, out);
  }
  return find_scalar(text, base, delimiter, out);
}

__attribute__((target("avx2,popcnt,bmi"))) std::uint32_t* find_avx2(std::string_view text,
                                                                    char delimiter,
                                                                    std::uint32_t* out) {
  const __m256i wanted_delimiter = _mm256_set1_epi8(delimiter);
  const __m256i wanted_quote = _mm256_set1_epi8('"');
  const __m256i wanted_lf = _mm256_set1_epi8('\n');
  const __m256i wanted_cr = _mm256_set1_epi8('\r');
  std::size_t base = 0;
  for (; base + 64 <= text.size(); base += 64) {
    std::uint64_t mask = 0;
    for (std::size_t part = 0; part < 2; ++part) {
      __m256i bytes;
      std::memcpy(&bytes, text.data() + base + 32 * part, 32);
      const __m256i hit =
          _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(bytes, wanted_delimiter),
                                          _mm256_cmpeq_epi8(bytes, wanted_quote)),
                          _mm256_or_si256(_mm256_cmpeq_epi8(bytes, wanted_lf),
                                          _mm256_cmpeq_epi8(bytes, wanted_cr)));
      mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(hit)))
              << (32 * part);
    }
    out = write_bits(mask, base, out);
  }
  return find_scalar(text, base, delimiter, out);
}

#endif

}  // namespace

std::span<const std::uint32_t> StructuralScan::find(std::string_view text) {
  constexpr std::size_t kSurplus = 4;  // what write_bits() may write too much
  if (text.size() + kSurplus > capacity_) {
    capacity_ = text.size() + text.size() / 4 + kSurplus;
    positions_ = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);
  }
  std::uint32_t* const begin = positions_.get();
  std::uint32_t* end = begin;
  switch (kernel_) {
#if defined(__x86_64__)
    case Kernel::kAvx2:
      end = find_avx2(text, delimiter_, begin);
      break;
    case Kernel::kSse2:
      end = find_sse2(text, delimiter_, begin);
      break;
#else
    case Kernel::kAvx2:
    case Kernel::kSse2:
#endif
    case Kernel::kScalar:
      end = find_scalar(text, 0, delimiter_, begin);
      break;
  }
  return {begin, end};
}

std::vector<StructuralScan::Kernel> StructuralScan::available_kernels() {
  std::vector<Kernel> kernels{Kernel::kScalar};
#if defined(__x86_64__)
  kernels.push_back(Kernel::kSse2);
  if (__builtin_cpu_supports("avx2")) kernels.push_back(Kernel::kAvx2);
#endif
  return kernels;
}

StructuralScan::Kernel StructuralScan::best_kernel() { return available_kernels().back(); }

}  // namespace bidui::connectors
