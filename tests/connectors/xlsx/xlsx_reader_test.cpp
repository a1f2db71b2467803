#include "connectors/xlsx/xlsx_reader.h"

#include <fstream>
#include <gmock/gmock.h>
#include <map>

#include "tests/connectors/xlsx/hand_made.h"

namespace bidui::connectors {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Rows = std::map<std::uint32_t, std::vector<std::string>>;

Rows rows_of(XlsxReader& book, std::size_t sheet) {
  Rows rows;
  const Status read = book.read_sheet(sheet, [&](std::uint32_t row, auto cells) {
    rows[row] = {cells.begin(), cells.end()};
    return true;
  });
  EXPECT_TRUE(read) << read.error().describe();
  return rows;
}

Status read_first(const std::filesystem::path& path, const XlsxLimits& limits = {}) {
  Result<XlsxReader> book = XlsxReader::open(path, limits);
  BIDUI_TRY(book);
  return book->read_sheet(0, [](std::uint32_t, auto) { return true; });
}

class SavedBy : public testing::TestWithParam<const char*> {};

TEST_P(SavedBy, CellsAreWhatAPersonTyped) {
  auto book = XlsxReader::open(std::filesystem::path(BIDUI_SOURCE_DIR) / "tests/fixtures/xlsx" /
                               GetParam());
  ASSERT_TRUE(book) << book.error().describe();
  EXPECT_THAT(book->sheets(), ElementsAre(SheetName{"任务清单"}, SheetName{"空表", true}));
  Rows rows = rows_of(*book, 0);
  EXPECT_EQ(rows[2][1], "疑点编号");
  EXPECT_THAT(rows[3], ElementsAre("1", "0012AB", "属实", "2017-12-03", "看过\n第二行",
                                   "V1-C67B5E52-0AF9EC9403"));
  ASSERT_GE(rows[4].size(), 5U);
  EXPECT_EQ(rows[4][1], "=1+1");
  EXPECT_EQ(rows[4][3], "2017.12.4");
  EXPECT_THAT(rows[6], ElementsAre("3", "末行", "", "2017-12-05", "0.5", "TRUE"));
  EXPECT_TRUE(rows_of(*book, 1).empty());
}

INSTANTIATE_TEST_SUITE_P(XlsxReader, SavedBy, testing::Values("openpyxl.xlsx", "libreoffice.xlsx"));

TEST(XlsxReader, ReadsEachKindOfCell) {
  const auto path = HandMade("kinds.xlsx")
                        .sheet(R"(<row r="2"><c r="B2" t="s"><v>1</v></c>)"
                               R"(<c t="inlineStr"><is><t>行内_x000D_</t></is></c>)"
                               R"(<c r="E2" t="str"><f>A1</f><v>算出</v></c><c t="b"><v>0</v></c>)"
                               R"(<c t="d"><v>2017-12-03T08:00:00</v></c><c><v>1.5</v></c></row>)"
                               R"(<row><c><v>7</v></c></row>)")
                        .write();
  auto book = XlsxReader::open(path);
  ASSERT_TRUE(book) << book.error().describe();
  Rows rows = rows_of(*book, 0);
  EXPECT_THAT(rows[2], ElementsAre("", "二二", "行内\r", "", "算出", "FALSE", "2017-12-03", "1.5"));
  EXPECT_THAT(rows[3], ElementsAre("7"));
}

TEST(XlsxReader, GivesTheMergedCellsOfARowWithTheTextAbove) {
  const auto path =
      HandMade("merged.xlsx")
          .sheet(text_rows("户|名|县\n1|甲|宿松\n|乙|\n\n|丙|\n2|丁|"), "one", "",
                 R"(<x:mergeCells count="3"><x:mergeCell ref="A2:A5"/><x:mergeCell ref="C2:D6"/>)"
                 R"(<x:mergeCell ref="A1:B1"/><x:mergeCell ref="B6"/></x:mergeCells>)")
          .write();
  auto book = XlsxReader::open(path);
  ASSERT_TRUE(book) << book.error().describe();
  const auto rows = book->rows(0);
  ASSERT_TRUE(rows) << rows.error().describe();
  std::string seen;
  SourceRow row;
  while (*(*rows)->next(row)) {
    seen += std::to_string(row.number) + ":";
    for (const SourceCell& cell : row.cells)
      seen +=
          " " + column_letters(cell.column) + (cell.merged ? "^" : "=") + std::string(cell.text);
    seen += "\n";
  }
  EXPECT_EQ(seen,
            "1: A=户 B=名 C=县\n2: A=1 B=甲 C=宿松\n3: A^1 B=乙 C^宿松\n5: A^1 B=丙 C^宿松\n"
            "6: A=2 B=丁 C^宿松\n");
}

TEST(XlsxReader, RefusesWhatIsNoSoundWorkbook) {
  const std::map<std::string, std::string> wrong = {
      {"a string that is none", R"(<row r="1"><c t="s"><v>9</v></c></row>)"},
      {"a row twice", R"(<row r="3"/><row r="3"/>)"},
      {"a row beyond the last", R"(<row r="1048577"/>)"},
      {"a cell of another row", R"(<row r="1"><c r="A2"><v>1</v></c></row>)"},
      {"a column beyond the last", R"(<row r="1"><c r="XFE1"><v>1</v></c></row>)"},
      {"no XML", "<row"},
      {"no end", R"(<row r="1"><c>)"}};
  for (const auto& [what, rows] : wrong) {
    const Status read = read_first(HandMade("wrong.xlsx").sheet(rows).write());
    ASSERT_FALSE(read) << what;
    EXPECT_EQ(read.error().code, ErrorCode::kBadInput) << what;
  }
}

TEST(XlsxReader, RefusesEntitiesAndWhatUnpacksToTooMuch) {
  const auto bomb =
      HandMade("bomb.xlsx")
          .part(
              "book/one.xml",
              R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>)")
          .write();
  EXPECT_EQ(read_first(bomb).error().code, ErrorCode::kBadInput);
  std::string rows;
  for (int i = 0; i < 50'000; ++i) rows += "<row><c><v>1</v></c></row>";
  const auto large = HandMade("large.xlsx").sheet(rows).write();
  EXPECT_THAT(read_first(large, {.part_bytes = 1 << 19}).error().message, HasSubstr("too large"));
  EXPECT_TRUE(read_first(large));
  const auto cell = HandMade("cell.xlsx")
                        .sheet("<row><c t=\"inlineStr\"><is><t>" + std::string(1 << 20, 'a') +
                               "</t></is></c></row>")
                        .write();
  EXPECT_EQ(read_first(cell).error().code, ErrorCode::kBadInput);
}

TEST(XlsxReader, SaysWhatElseAFileIs) {
  const auto path = std::filesystem::path(testing::TempDir()) / "old.xlsx";
  std::ofstream(path, std::ios::binary) << "\xD0\xCF\x11\xE0 old";
  EXPECT_THAT(XlsxReader::open(path).error().message_zh, HasSubstr("另存为 xlsx"));
  std::ofstream(path, std::ios::binary) << "序号,姓名\n";
  EXPECT_EQ(XlsxReader::open(path).error().code, ErrorCode::kBadInput);
  std::ofstream(path, std::ios::binary) << "PK\x03\x04 cut off";
  EXPECT_EQ(XlsxReader::open(path).error().code, ErrorCode::kBadInput);
  EXPECT_EQ(XlsxReader::open(path.string() + ".none").error().code, ErrorCode::kNotFound);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// What a file of a few kilobytes packed would unpack to without end.
TEST(XlsxReader, WhatGrowsWithoutBoundIsRefused) {
  const auto refused = [](HandMade& book) {
    const Status read = read_first(book.write(), {.string_bytes = 1 << 20, .text_bytes = 1 << 20});
    return !read && read.error().code == ErrorCode::kBadInput;
  };
  const std::string wide = repeated("<c t=\"s\"><v>0</v></c>", 2000);
  EXPECT_TRUE(refused(HandMade("deep.xlsx").sheet(repeated("<a>", 2'000'000)))) << "elements";
  EXPECT_TRUE(refused(HandMade("tag.xlsx").sheet("<row r=\"" + std::string(16 << 20, '1'))));
  EXPECT_TRUE(refused(
      HandMade("strings.xlsx").part("book/strings.xml", "<sst>" + repeated("<si/>", 50'000))));
  EXPECT_TRUE(refused(
      HandMade("copies.xlsx")
          .part("book/strings.xml", "<sst><si><t>" + std::string(1000, 'x') + "</t></si></sst>")
          .sheet("<row>" + wide + "</row>")))
      << "one string in every cell";
  EXPECT_FALSE(refused(HandMade("wide.xlsx").sheet("<row>" + wide + "</row>")));
}

}  // namespace
}  // namespace bidui::connectors
