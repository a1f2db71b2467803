#include "matcher/text/glyph.h"

#include <algorithm>
#include <utility>

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

}  // namespace

float glyph_similarity(char32_t a, char32_t b) {
  if (a == b) return 1;
  std::uint32_t low = glyph_number(a);
  std::uint32_t high = glyph_number(b);
  if (low == 0 || high == 0) return 0;
  if (low > high) std::swap(low, high);
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
