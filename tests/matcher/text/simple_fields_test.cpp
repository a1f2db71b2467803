// Sex, relation, phone and Latin names: one table each.
#include <fstream>
#include <gtest/gtest.h>

#include "matcher/text/keystroke.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/phone.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/relation.h"
#include "matcher/text/sex.h"
#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

const char* sex_letter(Sex sex) { return sex == Sex::kMale ? "M" : sex == Sex::kFemale ? "F" : ""; }

// input, sex, note
TEST(SexTest, CasesHold) {
  const auto rows = case_rows("sexes.tsv");
  ASSERT_GT(rows.size(), 20u);
  for (const CaseRow& row : rows) {
    EXPECT_EQ(sex_letter(parse_sex(row.at(0))), row.at(1)) << row.place;
  }
}

// input, code2, generation, sex, role, note
TEST(RelationTest, CasesHold) {
  const auto rows = case_rows("relations.tsv");
  ASSERT_GT(rows.size(), 60u);
  for (const CaseRow& row : rows) {
    const Relation r = parse_relation(row.at(0));
    const char* const role = r.is_head ? "head" : r.is_spouse ? "spouse" : "";
    EXPECT_EQ(r.known ? std::to_string(r.code2) : "", row.at(1)) << row.place;
    EXPECT_EQ(std::to_string(r.generation), row.at(2)) << row.place;
    EXPECT_EQ(sex_letter(r.sex), row.at(3)) << row.place;
    EXPECT_EQ(role, row.at(4)) << row.place;
  }
}

// Every spelling of the reference table gives what stands beside it.
TEST(RelationTest, KnowsTheWholeTable) {
  std::ifstream in(std::string(BIDUI_SOURCE_DIR) + "/schemas/reference/kinship_synonyms.tsv");
  std::string line;
  std::getline(in, line);
  int terms = 0;
  for (; std::getline(in, line); ++terms) {
    const std::size_t tab = line.find('\t');
    const Relation r = parse_relation(line.substr(0, tab));
    EXPECT_TRUE(r.known) << line;
    EXPECT_EQ(r.code2, std::stoi(line.substr(tab + 1, 2))) << line;
  }
  EXPECT_GT(terms, 250);
}

// input, phone, note
TEST(PhoneTest, CasesHold) {
  const auto rows = case_rows("phones.tsv");
  ASSERT_GT(rows.size(), 25u);
  for (const CaseRow& row : rows) {
    const std::uint64_t phone = parse_phone(row.at(0));
    EXPECT_EQ(phone == 0 ? "" : std::to_string(phone), row.at(1)) << row.place;
    if (phone != 0) {
      EXPECT_EQ(parse_phone(std::to_string(phone)) == phone || !is_mobile(phone), true)
          << row.place;
    }
  }
}

// input, text, note
TEST(LatinNameTest, CasesHold) {
  const auto rows = case_rows("latin_names.tsv");
  ASSERT_GT(rows.size(), 20u);
  for (const CaseRow& row : rows) {
    const LatinName name = standardise_latin(row.at(0));
    EXPECT_EQ(name.view(), row.at(1)) << row.place;
    EXPECT_EQ(standardise_latin(name.view()), name) << row.place;
  }
}

TEST(LatinNameTest, TokensAreParts) {
  const LatinName name = standardise_latin("Anna-Maria van der Berg");
  EXPECT_EQ(name.token_count, 5);
  EXPECT_EQ(name.token(0), "ANNA");
  EXPECT_EQ(name.token(4), "BERG");
  EXPECT_EQ(name.token(5), "");
  EXPECT_FALSE(name.cut);
  EXPECT_TRUE(standardise_latin(std::string(40, 'a')).cut);
}

TEST(LatinNameTest, SoundAlikesShareACode) {
  const std::pair<const char*, const char*> same[] = {
      {"MACDONALD", "MCDONALD"},  {"PHILIP", "FILIP"},   {"KNIGHT", "NIGHT"},
      {"KATHERINE", "CATHERINE"}, {"JACKSON", "JAKSON"}, {"SCHMIDT", "SMIDT"}};
  for (const auto& [a, b] : same) EXPECT_EQ(phonetic_code(a), phonetic_code(b)) << a;
  EXPECT_NE(phonetic_code("SMITH"), phonetic_code("JONES"));
  EXPECT_EQ(phonetic_code("123"), 0u);
}

TEST(Keystroke, Table) {
  for (const CaseRow& row : case_rows("keystrokes.tsv")) {
    const std::uint16_t a = find_syllable(row.at(0));
    const std::uint16_t b = find_syllable(row.at(1));
    EXPECT_EQ(one_keystroke_apart(a, b), row.at(2) == "1") << row.place;
    EXPECT_EQ(one_keystroke_apart(b, a), row.at(2) == "1") << row.place << ": sides exchanged";
  }
}

}  // namespace
}  // namespace bidui::text
