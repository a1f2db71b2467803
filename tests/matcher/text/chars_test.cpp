#include "matcher/text/chars.h"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

#include "matcher/text/glyph.h"
#include "matcher/text/name_equivalent.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/reference.h"
#include "matcher/text/surname.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

TEST(CharsTest, FoldsToOneForm) {
  const std::pair<char32_t, char32_t> cases[] = {
      {U'陳', U'陈'}, {U'劉', U'刘'},  {U'鍾', U'钟'},  {U'後', U'后'},
      {U'Ａ', U'A'},  {U'１', U'1'},   {U'峯', U'峰'},  {U'吳', U'吴'},
      {U'葉', U'叶'}, {0xE863, U'䶮'}, {0x2F08, U'人'}, {0xF9B5, U'例'},
      {U'羣', U'群'}, {U'綉', U'绣'},  {U'餘', U'余'},  {U'髮', U'发'}};
  for (const auto& [from, to] : cases) {
    EXPECT_EQ(fold_char(from), to) << std::hex << static_cast<unsigned>(from);
  }
}

TEST(CharsTest, CharactersOfTheStandardListStay) {
  for (const char32_t c : std::u32string_view(U"乾昇喆堃淼甯幺於瑙王伟䶮𬱖㭎䜣㛃")) {
    EXPECT_EQ(fold_char(c), c) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(CharsTest, FoldingTwiceChangesNothing) {
  for (char32_t c = 0; c < 0x32000; ++c) {
    const char32_t once = fold_char(c);
    ASSERT_EQ(fold_char(once), once) << std::hex << static_cast<unsigned>(c);
    const char32_t compatible = fold_compatibility(c);
    ASSERT_EQ(fold_compatibility(compatible), compatible) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(fold_char(compatible), once) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(CharsTest, Classes) {
  EXPECT_TRUE(is_han(U'王'));
  EXPECT_TRUE(is_han(U'〇'));
  EXPECT_TRUE(is_han(0x2CC56));
  EXPECT_FALSE(is_han(U'A'));
  EXPECT_FALSE(is_han(U'·'));
  EXPECT_TRUE(is_interpunct(U'·'));
  EXPECT_FALSE(is_interpunct(U'王'));
  EXPECT_TRUE(is_placeholder(U'〓'));
  EXPECT_TRUE(is_placeholder(0xE000));
  EXPECT_FALSE(is_placeholder(0xE863));
  EXPECT_TRUE(is_space(0x3000));
  EXPECT_TRUE(is_space(0x200B));
}

TEST(PinyinTest, SurnamesHaveTheirOwnReadings) {
  const std::pair<char32_t, const char*> cases[] = {
      {U'单', "shan"}, {U'仇', "qiu"}, {U'曾', "zeng"}, {U'解', "xie"}, {U'区', "ou"},
      {U'任', "ren"},  {U'查', "zha"}, {U'盖', "ge"},   {U'朴', "piao"}};
  for (const auto& [c, letters] : cases) {
    EXPECT_EQ(syllable_letters(surname_readings(c, 0).syllables[0]), letters);
  }
  EXPECT_EQ(syllable_letters(surname_readings(U'尉', U'迟').syllables[0]), "yu");
  EXPECT_EQ(syllable_letters(surname_second_readings(U'尉', U'迟').syllables[0]), "chi");
  EXPECT_EQ(surname_readings(U'伟', 0), readings(U'伟'));
}

TEST(PinyinTest, SyllablesRoundTrip) {
  std::uint16_t code = 1;
  for (; !syllable_letters(code).empty(); ++code) {
    if (syllable_letters(code) == "ê") continue;
    EXPECT_EQ(find_syllable(syllable_letters(code)), code) << syllable_letters(code);
    EXPECT_EQ(fold_dialect(fold_dialect(code)), fold_dialect(code));
  }
  EXPECT_GT(code, 400u);
  EXPECT_EQ(find_syllable("ZHANG"), find_syllable("zhang"));
  EXPECT_EQ(find_syllable("lü"), find_syllable("lv"));
  EXPECT_EQ(find_syllable("LÜ4"), find_syllable("lv"));
  EXPECT_EQ(find_syllable("lu:"), find_syllable("lv"));
  EXPECT_EQ(find_syllable("xyz"), 0);
  EXPECT_EQ(find_syllable(""), 0);
  EXPECT_EQ(fold_dialect(0), 0);
  EXPECT_EQ(fold_dialect(60000), 0);
}

TEST(PinyinTest, DialectMergesWhatSpeakersMerge) {
  const std::pair<const char*, const char*> merged[] = {
      {"zhang", "zang"}, {"chen", "cheng"}, {"lin", "ning"}, {"liu", "niu"},  {"hu", "fu"},
      {"huang", "fang"}, {"shi", "si"},     {"min", "ming"}, {"zhou", "zou"}, {"sen", "sheng"}};
  for (const auto& [a, b] : merged) {
    EXPECT_EQ(fold_dialect(find_syllable(a)), fold_dialect(find_syllable(b))) << a << ' ' << b;
  }
  const std::pair<const char*, const char*> apart[] = {
      {"wang", "huang"}, {"zhang", "zhan"}, {"li", "lu"}, {"ren", "zen"}, {"hua", "ha"}};
  for (const auto& [a, b] : apart) {
    EXPECT_NE(fold_dialect(find_syllable(a)), fold_dialect(find_syllable(b))) << a << ' ' << b;
  }
  EXPECT_TRUE(share_reading(readings(U'伟'), readings(U'苇')));
  EXPECT_FALSE(share_reading(readings(U'胡'), readings(U'福')));
  EXPECT_TRUE(share_dialect_reading(readings(U'胡'), readings(U'福')));
  EXPECT_FALSE(share_reading(Readings{}, Readings{}));
}

TEST(GlyphTest, LookAlikes) {
  EXPECT_GE(glyph_similarity(U'己', U'已'), 0.75F);
  EXPECT_GE(glyph_similarity(U'末', U'未'), 0.75F);
  EXPECT_EQ(glyph_similarity(U'己', U'己'), 1.0F);
  EXPECT_EQ(glyph_similarity(U'己', U'王'), 0.0F);
  EXPECT_EQ(glyph_similarity(U'A', U'王'), 0.0F);
  EXPECT_EQ(glyph_similarity(U'己', U'已'), glyph_similarity(U'已', U'己'));
}

// Every pair of the table comes back, in both directions.
TEST(GlyphTest, HoldsTheWholeTable) {
  std::ifstream in(std::string(BIDUI_SOURCE_DIR) + "/schemas/reference/glyph_similar.tsv");
  std::string line;
  std::getline(in, line);
  int pairs = 0;
  for (; std::getline(in, line); ++pairs) {
    const std::u32string chars = to_utf32(line.substr(0, line.find('\t', line.find('\t') + 1)));
    const float score = glyph_similarity(chars[0], chars[2]);
    ASSERT_GE(score, 0.5F) << line;
    ASSERT_EQ(score, glyph_similarity(chars[2], chars[0])) << line;
  }
  EXPECT_GT(pairs, 60000);
}

TEST(NameEquivalentTest, PairsInBothDirections) {
  EXPECT_FLOAT_EQ(surname_equivalence(U'萧', U'肖'), 0.9F);
  EXPECT_FLOAT_EQ(surname_equivalence(U'肖', U'萧'), 0.9F);
  EXPECT_FLOAT_EQ(surname_equivalence(U'令', U'狐', U'令', U'孤'), 0.9F);
  EXPECT_FLOAT_EQ(surname_equivalence(U'欧', 0, U'欧', U'阳'), 0.7F);
  EXPECT_FLOAT_EQ(given_equivalence(U'喆', U'哲'), 0.7F);
  EXPECT_EQ(given_equivalence(U'王', U'王'), 1.0F);
  EXPECT_EQ(surname_equivalence(U'王', U'李'), 0.0F);
}

TEST(SurnameTest, Frequencies) {
  EXPECT_GT(surname_frequency(U'王', 0), 0.06F);
  EXPECT_LT(surname_frequency(U'尉', U'迟'), 1e-4F);
  EXPECT_GT(surname_frequency(U'伟', 0), 0.0F);
  EXPECT_TRUE(is_surname(U'王'));
  EXPECT_FALSE(is_surname(U'A'));
}

TEST(ReferenceTest, BlockIsInPlaceAndAligned) {
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bidui_reference_block) % kReferenceAlignment, 0u);
  EXPECT_NE(reference_hash(), 0u);
}

TEST(Utf8Test, RoundTripsAndNeverFails) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    const std::size_t length = encode_utf8(c, bytes);
    const Decoded decoded = decode_utf8(bytes, bytes + length);
    ASSERT_EQ(decoded.c, c);
    ASSERT_EQ(decoded.bytes, length);
  }
  const std::pair<const char*, std::u32string> bad[] = {
      {"\xC0\x80", U"\uFFFD\uFFFD"}, {"\xE4\xBC", U"\uFFFD\uFFFD"}, {"\xED\xA0\x80", U"\uFFFD"},
      {"\xF8", U"\uFFFD"},           {"\xEF\xBF\xBD", U"\uFFFD"},   {"a\xFFz", U"a\uFFFDz"}};
  for (const auto& [text, chars] : bad) EXPECT_EQ(to_utf32(text), chars);
}

}  // namespace
}  // namespace bidui::text
