#include "matcher/text/char_sketch.h"

#include <array>
#include <gtest/gtest.h>
#include <random>

#include "matcher/text/glyph.h"
#include "matcher/text/name_equivalent.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/reference.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

bool alike_in_sound(const Readings& a, const Readings& b) {
  return share_reading(a, b) || share_dialect_reading(a, b);
}

// The slow answers that a sketch must never contradict.
void expect_no_contradiction(char32_t a, char32_t b) {
  if (a == b) return;
  const std::string pair = to_utf8(std::array{a, b});
  const PossibleLikeness given = possible_likeness(a, b);
  EXPECT_TRUE(given.shape || glyph_similarity(a, b) == 0) << pair;
  EXPECT_TRUE(given.equivalent || given_equivalence(a, b) == 0) << pair;
  EXPECT_TRUE(given.sound || !alike_in_sound(readings(a), readings(b))) << pair;
  const PossibleLikeness surname = possible_surname_likeness(a, b);
  EXPECT_TRUE(surname.shape || glyph_similarity(a, b) == 0) << pair;
  EXPECT_TRUE(surname.equivalent || surname_equivalence(a, b) == 0) << pair;
  EXPECT_TRUE(surname.sound || !alike_in_sound(surname_readings(a, 0), surname_readings(b, 0)))
      << pair;
}

TEST(CharSketch, NeverContradictsReadingsGlyphsAndEquivalents) {
  std::mt19937_64 random(7);
  const auto any_of_block = [&] { return static_cast<char32_t>(0x4E00 + random() % 0x5200); };
  for (int i = 0; i < 300'000; ++i) expect_no_contradiction(any_of_block(), any_of_block());
  for (const char32_t c : {U'\xFFFC', U'\xE001', U'A', U'\x20000'})
    EXPECT_TRUE(possible_likeness(c, U'王').sound && possible_surname_likeness(U'王', c).shape);
}

TEST(CharSketch, LetsAllEquivalentsPass) {
  for (const GivenPairRow& row : reference_rows<GivenPairRow>(ReferenceSection::kGivenEquivalent))
    expect_no_contradiction(row.a, row.b);
  for (const SurnamePairRow& row :
       reference_rows<SurnamePairRow>(ReferenceSection::kSurnameEquivalent)) {
    if (row.a[1] == 0 && row.b[1] == 0) expect_no_contradiction(row.a[0], row.b[0]);
  }
}

TEST(CharSketch, LetsAllLookAlikesPass) {
  int pairs = 0;
  for_each_glyph_pair([&](char32_t a, char32_t b) {
    ASSERT_GT(glyph_similarity(a, b), 0) << to_utf8(std::array{a, b});
    expect_no_contradiction(a, b);
    ++pairs;
  });
  EXPECT_GT(pairs, 10'000);
}

// What it is for: nearly all pairs of common characters end at it.
TEST(CharSketch, TellsMostCharactersApart) {
  const std::u32string common = U"王李张刘陈杨黄赵吴周国建军华明英文玉秀兰芳红梅平志强伟丽桂春海";
  int pairs = 0;
  int passed = 0;
  for (const char32_t a : common) {
    for (const char32_t b : common) {
      if (a == b) continue;
      ++pairs;
      passed += possible_likeness(a, b).any() ? 1 : 0;
    }
  }
  EXPECT_LT(passed * 100, pairs * 35);
}

}  // namespace
}  // namespace bidui::text
