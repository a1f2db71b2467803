#include "matcher/text/glyph.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "matcher/base/hash.h"
#include "matcher/text/reference.h"

namespace bidui::text {
namespace {

// The character's number in the glyph tables; 0 when it has no look-alikes.
std::uint32_t glyph_number(char32_t c) {
  if (in_han_table(c)) {
    return reference_rows<std::uint16_t>(ReferenceSection::kGlyphHan)[c - kFirstHan];
  }
  return c < kFirstHan ? 0 : find_pair(ReferenceSection::kGlyphSparse, c, 0);
}

// A bit per pair, by hash: nearly all questions are about pairs that are not in the table, and end
// here, in a place that stays in the cache.
class PairFilter {
 public:
  PairFilter() : words_(kBits / 64) {
    const auto offsets = reference_rows<std::uint32_t>(ReferenceSection::kGlyphOffsets);
    const auto pairs = reference_rows<GlyphRow>(ReferenceSection::kGlyphPairs);
    for (std::uint32_t low = 0; low + 1 < offsets.size(); ++low) {
      for (std::uint32_t i = offsets[low]; i < offsets[low + 1]; ++i) {
        const std::uint64_t bit = bit_of(low, pairs[i].other);
        words_[bit / 64] |= std::uint64_t{1} << bit % 64;
      }
    }
  }
  bool may_hold(std::uint32_t low, std::uint32_t high) const {
    const std::uint64_t bit = bit_of(low, high);
    return (words_[bit / 64] >> bit % 64 & 1U) != 0;
  }

 private:
  static constexpr std::uint64_t kBits = 1U << 20;  // for 64,000 pairs: 6 % let pass in vain
  static std::uint64_t bit_of(std::uint32_t low, std::uint32_t high) {
    return mix64(std::uint64_t{low} << 32 | high) % kBits;
  }
  std::vector<std::uint64_t> words_;
};

// The characters of each number of the glyph tables.
std::vector<std::vector<char32_t>> characters_by_number() {
  const auto offsets = reference_rows<std::uint32_t>(ReferenceSection::kGlyphOffsets);
  std::vector<std::vector<char32_t>> characters(offsets.size());
  for (char32_t c = kFirstHan; c <= kLastHan; ++c) {
    if (const std::uint32_t number = glyph_number(c); number != 0) characters[number].push_back(c);
  }
  for (const CharPair& row : reference_rows<CharPair>(ReferenceSection::kGlyphSparse))
    characters[row.to].push_back(row.from);
  return characters;
}

}  // namespace

void for_each_glyph_pair(const std::function<void(char32_t, char32_t)>& visit) {
  const std::vector<std::vector<char32_t>> characters = characters_by_number();
  const auto offsets = reference_rows<std::uint32_t>(ReferenceSection::kGlyphOffsets);
  const auto pairs = reference_rows<GlyphRow>(ReferenceSection::kGlyphPairs);
  for (std::uint32_t low = 0; low + 1 < offsets.size(); ++low) {
    for (const GlyphRow& row : pairs.subspan(offsets[low], offsets[low + 1] - offsets[low])) {
      for (const char32_t a : characters[low]) {
        for (const char32_t b : characters[row.other]) visit(a, b);
      }
    }
  }
}

float glyph_similarity(char32_t a, char32_t b) {
  if (a == b) return 1;
  std::uint32_t low = glyph_number(a);
  std::uint32_t high = glyph_number(b);
  if (low == 0 || high == 0) return 0;
  if (low > high) std::swap(low, high);
  static const PairFilter kFilter;
  if (!kFilter.may_hold(low, high)) return 0;
  const auto offsets = reference_rows<std::uint32_t>(ReferenceSection::kGlyphOffsets);
  const auto pairs = reference_rows<GlyphRow>(ReferenceSection::kGlyphPairs)
                         .subspan(offsets[low], offsets[low + 1] - offsets[low]);
  const auto found =
      std::lower_bound(pairs.begin(), pairs.end(), high,
                       [](const GlyphRow& row, std::uint32_t x) { return row.other < x; });
  const bool equal = found != pairs.end() && found->other == high;
  return equal ? static_cast<float>(found->permille) / 1000.0F : 0.0F;
}

}  // namespace bidui::text
