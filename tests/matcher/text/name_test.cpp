#include "matcher/text/name.h"

#include <gtest/gtest.h>
#include <random>

#include "matcher/text/pinyin.h"
#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

std::string flag_names(const Name& name) {
  constexpr std::pair<NameFlag, const char*> kNames[] = {
      {kDamaged, "damaged"},        {kRemark, "remark"},           {kAliasPresent, "alias"},
      {kInterpunct, "interpunct"},  {kPlaceholder, "placeholder"}, {kCut, "cut"},
      {kRepaired, "repaired"},      {kPinyinInside, "pinyin"},     {kTitleRelative, "relative"},
      {kSeveralPersons, "several"}, {kVariantFolded, "variant"}};
  std::string names;
  for (const auto& [flag, text] : kNames) {
    if (!name.has(flag)) continue;
    if (!names.empty()) names += ' ';
    names += text;
  }
  return names;
}

// input, name, surname, aliases, flags, reading, note
TEST(NameTest, CasesHold) {
  const auto rows = case_rows("names.tsv");
  ASSERT_GT(rows.size(), 100u);
  for (const CaseRow& row : rows) {
    const StandardName all = standardise_name(row.at(0));
    std::string aliases;
    for (std::size_t i = 0; i < all.alias_count; ++i) {
      aliases += (i == 0 ? "" : " ") + to_utf8(all.aliases[i]);
    }
    EXPECT_EQ(to_utf8(all.main), row.at(1)) << row.place;
    EXPECT_EQ(to_utf8(all.main.surname()), row.at(2)) << row.place;
    EXPECT_EQ(aliases, row.at(3)) << row.place;
    EXPECT_EQ(flag_names(all.main), row.at(4)) << row.place;
    EXPECT_EQ(syllable_letters(all.main.hint_syllable), row.at(5)) << row.place;
  }
}

// A name that came out of standardisation goes through it unchanged. Names that are all remarks or
// placeholders have nothing to compare.
TEST(NameTest, NormalisingTwiceChangesNothing) {
  for (const CaseRow& row : case_rows("names.tsv")) {
    const Name once = standardise_name(row.at(0)).main;
    const Name twice = standardise_name(to_utf8(once)).main;
    if (once.has(kPlaceholder)) continue;
    EXPECT_EQ(to_utf8(twice), to_utf8(once)) << row.place;
    EXPECT_EQ(twice.surname_length, once.surname_length) << row.place;
    EXPECT_EQ(twice.script, once.script) << row.place;
  }
}

TEST(NameTest, UnusedCharactersAreZero) {
  for (const CaseRow& row : case_rows("names.tsv")) {
    const Name name = standardise_name(row.at(0)).main;
    for (std::size_t i = name.length; i < kMaxNameLength; ++i) {
      EXPECT_EQ(name.chars[i], 0u) << row.place;
      EXPECT_EQ(name.original_folded[i], 0u) << row.place;
    }
  }
}

TEST(NameTest, OriginalKeepsVariantsApart) {
  const Name traditional = standardise_name("陳昇").main;
  const Name simplified = standardise_name("陈昇").main;
  EXPECT_EQ(traditional.chars, simplified.chars);
  EXPECT_NE(traditional.original_folded, simplified.original_folded);
}

TEST(NameTest, OrdinaryPathAgreesWithTheCarefulOne) {
  for (const char* name : {"王伟", "欧阳修文", "陳澤思", "王氏", "王伟之子", "未取名", "黄䶮轩"}) {
    StandardName careful = standardise_name(std::string(name) + " ");
    EXPECT_EQ(standardise_name(name), careful) << name;
  }
}

// Bytes of all kinds: nothing but a name comes out, and it fits.
TEST(NameTest, AnyBytesGiveAName) {
  constexpr unsigned kSeed = 20171120;
  std::minstd_rand random(kSeed);
  const std::string pieces[] = {"王",
                                "伟",
                                "(",
                                ")",
                                "（",
                                "*",
                                "1",
                                "X",
                                "yan",
                                "·",
                                " ",
                                "之子",
                                "\xED\xA0\xB5",
                                "\xFF",
                                "\xEE\x80\x80",
                                "〓",
                                "/",
                                "、",
                                "曾用名",
                                "氏"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto k = random() % 30; k > 0; --k) text += pieces[random() % std::size(pieces)];
    const StandardName all = standardise_name(text);
    ASSERT_LE(all.main.length, kMaxNameLength) << "seed " << kSeed << " step " << i;
    ASSERT_LE(all.main.surname_length, all.main.length) << "seed " << kSeed << " step " << i;
    for (const char32_t c : all.main.view()) ASSERT_NE(c, kReplacement) << "step " << i;
  }
}

}  // namespace
}  // namespace bidui::text
