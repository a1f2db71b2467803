// Look-alike pairs as rows per character: about 64,000 pairs among 8,400 characters.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/sparse.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {

using text::ReferenceSection;

void pack_glyphs(const Folder& tables, Block& block) {
  constexpr double kAttestedFloor = 0.75;  // README.md, "How to use"
  const Tsv table(tables / "glyph_similar.tsv");
  CharMap numbers;
  for (std::size_t i = 0; i < table.size(); ++i) {
    numbers[single_char(table.at(i, "a"))] = 0;
    numbers[single_char(table.at(i, "b"))] = 0;
  }
  std::uint32_t next = 0;
  for (auto& [c, number] : numbers) number = ++next;
  if (next > 0xFFFF) fail("too many characters in glyph_similar.tsv");

  std::vector<std::vector<text::GlyphRow>> rows(next + 1);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::uint32_t a = numbers[single_char(table.at(i, "a"))];
    const std::uint32_t b = numbers[single_char(table.at(i, "b"))];
    double score = std::atof(std::string(table.at(i, "score")).c_str());
    if (!table.at(i, "attested").empty()) score = std::max(score, kAttestedFloor);
    rows[std::min(a, b)].push_back({static_cast<std::uint16_t>(std::max(a, b)),
                                    static_cast<std::uint16_t>(std::lround(score * 1000))});
  }
  std::vector<std::uint32_t> offsets;
  std::vector<text::GlyphRow> pairs;
  for (std::vector<text::GlyphRow>& row : rows) {
    offsets.push_back(static_cast<std::uint32_t>(pairs.size()));
    std::sort(row.begin(), row.end(), [](auto x, auto y) { return x.other < y.other; });
    pairs.insert(pairs.end(), row.begin(), row.end());
  }
  offsets.push_back(static_cast<std::uint32_t>(pairs.size()));
  block.set(ReferenceSection::kGlyphHan, direct_part(numbers));
  block.set(ReferenceSection::kGlyphSparse, sparse_part(numbers));
  block.set(ReferenceSection::kGlyphOffsets, offsets);
  block.set(ReferenceSection::kGlyphPairs, pairs);
}

}  // namespace bidui::pack
