#include "matcher/schema/recognise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "matcher/schema/cell_profile.h"
#include "tests/matcher/schema/case_table.h"

namespace bidui::schema {
namespace {

using ::testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kRows = 60;

std::string two_digits(std::size_t n) {
  return {static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)};
}

// A made-up citizen's number with a right check character: births of 1960 and later.
std::string make_id(std::size_t n) {
  std::string digits = "110105" + std::to_string(1960 + n % 40) + two_digits(n % 12 + 1) +
                       two_digits(n % 28 + 1) + "0" + two_digits(n);
  for (const char check : std::string("0123456789X")) {
    if (has_valid_checksum(digits + check)) return digits + check;
  }
  return digits;
}

// U+4E00 and on, as UTF-8.
std::string han_character(std::size_t n) {
  return {static_cast<char>(0xE4), static_cast<char>(0xB8), static_cast<char>(0x80 + n % 64)};
}

// One cell of a pattern: "{n}" is the row's number, "{id}" a citizen's number, "{date}" a day,
// "{name}" a Chinese name, "{word}" letters that differ from row to row; "a|b" alternates.
std::string make_cell(const std::string& pattern, std::size_t row) {
  if (pattern == "{n}") return std::to_string(1000 + row);
  if (pattern == "{id}") return make_id(row);
  if (pattern == "{date}")
    return std::to_string(1950 + row) + "-" + two_digits(row % 12 + 1) + "-05";
  if (pattern == "{name}") return (row % 2 != 0 ? "王小" : "李") + han_character(row);
  if (pattern == "{word}")
    return {'a', static_cast<char>('a' + row % 26), static_cast<char>('a' + row / 26)};
  std::istringstream stream(pattern);
  std::vector<std::string> choices;
  for (std::string choice; std::getline(stream, choice, '|');) choices.push_back(choice);
  return choices.empty() ? "" : choices[row % choices.size()];
}

Rows make_rows(const std::vector<std::string>& patterns) {
  Rows rows(kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    for (const std::string& pattern : patterns) rows[row].push_back(make_cell(pattern, row));
  }
  return rows;
}

std::vector<std::string> kinds(const Recognition& recognition) {
  std::vector<std::string> names;
  for (const ColumnGuess& guess : recognition.columns) names.emplace_back(kind_name(guess.kind));
  return names;
}

TEST(RecogniseTest, TakesEachColumnForWhatItIs) {
  for (const CaseRow& row : read_cases("schema/recognise.tsv")) {
    ASSERT_GE(row.cells.size(), 3u) << row.where;
    const std::vector<std::string> header = {row.cells[0]};
    const Recognition found = recognise_columns(header, make_rows({row.cells[1]}));
    EXPECT_EQ(kind_name(found.columns[0].kind), row.cells[2])
        << row.where << ": " << found.columns[0].reason_en;
  }
}

TEST(RecogniseTest, ReadsAnEnglishRegister) {
  const std::vector<std::string> header = {
      "rec_id",   "given_name", "surname",       "street_number", "address_1", "suburb",
      "postcode", "state",      "date_of_birth", "soc_sec_id",    "notes"};
  const Recognition found =
      recognise_columns(header, make_rows({"{n}", "{word}", "{word}", "1|2|3", "{word}", "x|y",
                                           "2000|2010", "nsw|vic", "{date}", "{n}", "{word}"}));
  EXPECT_EQ(kinds(found),
            (std::vector<std::string>{"row_key", "given_name", "family_name", "address", "address",
                                      "locality", "postcode", "region", "birth_date", "identifier",
                                      "ignore"}));
  EXPECT_EQ(found.row_key, 0u);
  EXPECT_THAT(found.columns[2].reason_en, HasSubstr("\"surname\" is taken as family_name"));
  EXPECT_THAT(found.columns[2].reason_zh, HasSubstr("列“surname”作为姓"));
}

TEST(RecogniseTest, OwnNameBeatsTheHeadsName) {
  const std::vector<std::string> header = {"户主姓名", "姓名", "户主身份证号", "身份证号"};
  const Recognition found =
      recognise_columns(header, make_rows({"李甲|王乙", "{word}", "{id}", "{id}"}));
  EXPECT_EQ(kinds(found), (std::vector<std::string>{"text", "full_name", "ignore", "national_id"}));
  const std::vector<std::string> alone = {"户主姓名", "户主身份证号"};
  EXPECT_EQ(kinds(recognise_columns(alone, make_rows({"{word}", "{id}"}))),
            (std::vector<std::string>{"full_name", "national_id"}));
}

TEST(RecogniseTest, MembersNameBeatsTheApplicants) {
  const std::vector<std::string> header = {"申请人姓名", "家庭成员姓名", "户主", "申请人身份证号",
                                           "身份证件号码"};
  const Recognition found =
      recognise_columns(header, make_rows({"{name}", "{name}", "{name}", "{id}", "{id}"}));
  EXPECT_EQ(kinds(found),
            (std::vector<std::string>{"ignore", "full_name", "ignore", "ignore", "national_id"}));
}

TEST(RecogniseTest, BareNameBesideASurnameIsTheGivenName) {
  const std::vector<std::string> header = {"Name", "Surname"};
  EXPECT_EQ(kinds(recognise_columns(header, make_rows({"{word}", "{word}"}))),
            (std::vector<std::string>{"given_name", "family_name"}));
}

TEST(RecogniseTest, RowKeyMustBeUniqueAndIsTheFirstOfTheList) {
  const std::vector<std::string> header = {"unique_id", "ID", "人编号"};
  EXPECT_EQ(recognise_columns(header, make_rows({"{n}", "{n}", "{n}"})).row_key, 1u);
  EXPECT_EQ(recognise_columns(header, make_rows({"{n}", "1|2", "{n}"})).row_key, 0u);
  const Recognition none = recognise_columns(header, make_rows({"1|2", "1|2", ""}));
  EXPECT_EQ(none.row_key, std::nullopt);
  EXPECT_EQ(none.columns[0].kind, SemanticKind::kIgnore);
}

TEST(RecogniseTest, EmptySampleAndEmptyHeaderAreNoFailure) {
  const std::vector<std::string> header = {"姓名", ""};
  EXPECT_EQ(kinds(recognise_columns(header, {})), (std::vector<std::string>{"ignore", "ignore"}));
  EXPECT_TRUE(recognise_columns({}, {}).columns.empty());
}

TEST(RecogniseTest, ABareNameIsAPersonsWhereItsCellsOrOtherColumnsSaySo) {
  const auto kind = [](const std::vector<std::string>& header,
                       const std::vector<std::string>& cells) {
    return kind_name(recognise_columns(header, make_rows(cells)).columns[0].kind);
  };
  EXPECT_EQ(kind({"name"}, {"Ann Lee|Bob Roy|J. de Wit"}), "full_name");
  EXPECT_EQ(kind({"name"}, {"Sony TV 40|Route 66 Motel|Canon EF-S 18-55 mm Lens"}), "text");
  EXPECT_EQ(kind({"name", "dob"}, {"{word}", "{date}"}), "full_name");
  EXPECT_EQ(kind({"name", "city"}, {"{word}", "Rome|Oslo"}), "text");
}

TEST(RecogniseTest, AKeyThatRepeatsIsToldAndLeftOut) {
  const std::vector<std::string> header = {"id", "name"};
  const Recognition found = recognise_columns(header, make_rows({"1|2", "Ann Lee|Bob Roy"}));
  EXPECT_EQ(found.row_key, std::nullopt);
  EXPECT_EQ(found.columns[0].reason, GuessReason::kKeyRepeats);
  EXPECT_THAT(found.columns[0].reason_en, HasSubstr("repeats"));
  EXPECT_THAT(found.columns[0].reason_zh, HasSubstr("列“id”不用：列名像行键，但有空缺或重复"));
}

TEST(CellProfileTest, ChecksumOfThePublishedExamples) {
  EXPECT_TRUE(has_valid_checksum("11010519491231002X"));
  EXPECT_TRUE(has_valid_checksum("440524188001010014"));
  EXPECT_FALSE(has_valid_checksum("440524188001010015"));
  EXPECT_FALSE(has_valid_checksum("44052418800101001"));
}

TEST(CellProfileTest, WholeNumbersOfADataFrameLoseTheirPoint) {
  EXPECT_EQ(without_decimal_zero("19560409.0"), "19560409");
  for (const std::string_view other : {"1.05", "3.00", "V.0", ".0", "", "-1.0", "10"})
    EXPECT_EQ(without_decimal_zero(other), other);
}

TEST(CellProfileTest, KnowsChinesePlaces) {
  const auto place = [](std::string_view cell) { return profile_cells({&cell, 1}).place; };
  for (const std::string_view cell : {"韩集镇三铺村村民小组第6组", "甘肃省临夏县韩集镇高坡头村",
                                      "临夏县土桥镇大庄社区居委会", "白云区石桥路12号"})
    EXPECT_EQ(place(cell), 1) << cell;
  for (const std::string_view cell :
       {"王三村", "白云县石桥镇农产品有限公司", "五里村", "汉族", "12 High Street", "县级"})
    EXPECT_EQ(place(cell), 0) << cell;
}

TEST(CellProfileTest, KnowsDateForms) {
  for (const char* date : {"20171120", "2017-11-20", "2017/1/2", "2017.11", "2017年11月20日",
                           "20/11/2017", "11/20/2017", "201711", "1990-01-02 00:00:00", "2/1/85"}) {
    EXPECT_TRUE(is_date_form(date)) << date;
  }
  for (const char* other : {"", "20171340", "1234567", "2017-13-45", "abc", "12", "99-99-9999"}) {
    EXPECT_FALSE(is_date_form(other)) << other;
  }
}

}  // namespace
}  // namespace bidui::schema
