#include "connectors/tables/open_tables.h"

#include <fstream>

#include "connectors/tables/packed_file.h"
#include "tests/connectors/tables/testing.h"

namespace bidui::connectors {
namespace {

using testing::HasSubstr;

const std::string kCsv = "姓名,住址\n王伟,竹墩\n李娜,白岭\n";
const std::string kRows = "姓名|住址|\n2: 王伟|竹墩|\n3: 李娜|白岭|\n";

Result<FileTables> open(std::string bytes, std::string name = "a") {
  return open_tables_of(std::move(bytes), std::move(name), known_columns);
}

TEST(OpenTables, ContentTellsWhatAFileIsNotItsName) {
  EXPECT_EQ(shown(open(kCsv, "a.xls")), "a.xls\n" + kRows);
  EXPECT_EQ(shown(open(gzipped(kCsv), "a.csv")), "a.csv\n" + kRows);
  EXPECT_EQ(shown(open(encode(kCsv, "UTF-16LE"), "a.xlsx")), "a.xlsx\n" + kRows);
  EXPECT_EQ(
      shown(open("<table><tr><td>姓名<td>住址<tr><td>王伟<td>竹墩<tr><td>李娜<td>白岭", "a.csv")),
      "a.csv\n" + kRows);
  const std::string book =
      HandMade("x.xlsx").sheet(text_rows("姓名|住址\n王伟|竹墩\n李娜|白岭")).bytes();
  EXPECT_EQ(shown(open(book, "a.csv")), "a.csv[甲]\n" + kRows);
  EXPECT_EQ(shown(open(gzipped(book), "a.gz")), "a.gz[甲]\n" + kRows);
}

TEST(OpenTables, EverySheetWithAHeaderIsATableAndTheOthersAreTold) {
  const auto path =
      HandMade("sheets.xlsx")
          .sheets(R"(<x:sheet name="一村" r:id="s1"/><x:sheet name="说明" r:id="s2"/>)"
                  R"(<x:sheet name="旧" state="hidden" r:id="s3"/>)")
          .sheet(text_rows("名册\n姓名|住址\n王伟|竹墩"))
          .sheet(text_rows("本表由镇填报"), "two")
          .sheet(text_rows("姓名|住址\n张三|竹墩"), "three")
          .write();
  EXPECT_EQ(shown(open_tables(path, known_columns)),
            "sheets.xlsx[一村]\n姓名|住址|\n1 skipped: \n3: 王伟|竹墩|\n"
            "left out sheets.xlsx[说明]\nleft out sheets.xlsx[旧]\n");
}

TEST(OpenTables, NothingOfASheetIsLostUnseen) {
  const auto path =
      HandMade("notes.xlsx")
          .sheet(
              R"(<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>)"
              R"(<c r="B1" t="inlineStr"><is><t>note</t></is></c>)"
              R"(<c r="C1" t="inlineStr"><is><t>住址</t></is></c></row>)"
              R"(<row r="2" hidden="1"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>43072</v></c>)"
              R"(<c r="C2" t="e"><f>VLOOKUP(1)</f><v>#N/A</v></c></row>)"
              R"(<row r="5"><c r="A5" t="str"><f>A2</f><v>二</v></c><c r="B5" s="3"><v>12</v></c>)"
              R"(<c r="C5"><f>B2</f></c></row>)"
              R"(<row r="6"><c r="A6" t="b"><v>1</v></c><c r="B6" s="2"><v>20241</v></c>)"
              R"(<c r="C6"><v>5.0023519850101203E+17</v></c></row>)" +
                  [] {
                    std::string rows;
                    for (int r = 7; r < 300; ++r)
                      rows += "<row r=\"" + std::to_string(r) + "\"><c><v>1</v></c></row>";
                    return rows +
                           R"(<row r="300"><c r="A300"><v>2</v></c><c r="H300"><v>3</v></c></row>)";
                  }(),
              "one", R"(<cols><col min="2" max="2" hidden="1"/></cols>)")
          .write();
  auto file = open_tables(path, known_columns);
  ASSERT_TRUE(file) << file.error().describe();
  TableReader& table = *file->tables.front();
  EXPECT_THAT(shown(table), HasSubstr("2: 一|2017-12-03||\n5: 二|000012||\n"
                                      "6: TRUE|1955-06|500235198501012000|\n7: 1|||\n"));
  EXPECT_EQ(table.counts().by_skip_reason[static_cast<std::size_t>(SkipReason::kBlank)], 2u);
  const TableNotes& notes = table.notes();
  EXPECT_EQ(notes.hidden_rows.count, 1u);
  EXPECT_EQ(notes.hidden_rows.first_row, 2u);
  EXPECT_THAT(notes.hidden_columns, testing::ElementsAre("note"));
  EXPECT_EQ(notes.formula_errors.first_row, 2u);
  EXPECT_EQ(notes.formulas_unknown.first_row, 5u);
  EXPECT_EQ(notes.cells_outside.count, 1u);
  EXPECT_EQ(notes.cells_outside.first_row, 300u);
}

TEST(OpenTables, BothEpochsOfDatesAreRead) {
  HandMade book("1904.xlsx");
  book.sheets(R"(<x:sheet name="甲" r:id="s1"/>)", R"(<x:workbookPr date1904="1"/>)")
      .sheet(
          R"(<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>note</t></is></c>)"
          R"(</row><row><c t="s"><v>0</v></c><c s="1"><v>41610</v></c></row>)");
  EXPECT_THAT(shown(open_tables(book.write(), known_columns)), HasSubstr("2: 一|2017-12-03|\n"));
}

TEST(OpenTables, TooLongCellsAreRejectedWithTheirPlace) {
  const std::string rows = text_rows("姓名|住址\n王伟|" + std::string(70'000, 'x') + "\n李娜|白岭");
  EXPECT_EQ(shown(open(HandMade("long.xlsx").sheet(rows).bytes())),
            "a[甲]\n姓名|住址|\n2 rejected: field_too_long\n3: 李娜|白岭|\n");
}

TEST(OpenTables, FilesOfAnArchiveAreFilesOfTheDelivery) {
  const auto path = std::filesystem::path(testing::TempDir()) / "delivery.zip";
  const auto inner = std::filesystem::path(testing::TempDir()) / "inner.zip";
  write_zip(inner, {{"a.csv", kCsv}});
  write_zip(path, {{"\xD2\xBB\xB4\xE5/\xC3\xFB\xB5\xA5.csv", encode(kCsv, "gb18030")},  // 一村/名单
                   {"二村.csv", kCsv},
                   {"b.xlsx", HandMade("b.xlsx").sheet(text_rows("姓名|住址\n王伟|竹墩")).bytes()},
                   {"__MACOSX/二村.csv", "x"},
                   {"c.zip", bytes_of(inner)},
                   {"说明.pdf", "%PDF-1.4"},
                   {"说明.txt", "本目录是2017年的名单"}});
  const std::string text = shown(open_tables(path, known_columns));
  EXPECT_THAT(text, HasSubstr("delivery.zip/一村/名单.csv\n" + kRows));
  EXPECT_THAT(text, HasSubstr("delivery.zip/二村.csv\n" + kRows));
  EXPECT_THAT(text, HasSubstr("delivery.zip/b.xlsx[甲]\n姓名|住址|\n2: 王伟|竹墩|\n"));
  EXPECT_THAT(text, HasSubstr("left out delivery.zip/c.zip\n"));
  EXPECT_THAT(text, HasSubstr("left out delivery.zip/说明.pdf\n"));
  EXPECT_THAT(text, HasSubstr("left out delivery.zip/说明.txt\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("__MACOSX")));
}

TEST(OpenTables, SeveralGzipMembersAreOneFile) {
  EXPECT_EQ(shown(open(gzipped("姓名,住址\n王伟,竹墩\n") + gzipped("李娜,白岭\n"))), "a\n" + kRows);
}

TEST(OpenTables, WhatCannotBeReadSaysWhatToDo) {
  using namespace std::string_literals;
  const auto wide = [](std::string_view name) {
    std::string text;
    for (const char c : name) text += c + "\0"s;
    return text;
  };
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(600, '\0');
  const std::string gz = gzipped(kCsv + std::string(100'000, 'x'));
  const std::pair<std::string, const char*> refused[] = {
      {ole + wide("Workbook"), "另存为 xlsx"},
      {ole + wide("EncryptedPackage"), "取消密码"},
      {ole + wide("WordDocument"), "不是表格"},
      {"%PDF-1.4", "PDF"},
      {"\x89PNG\r\n", "图片"},
      {"Rar!\x1A\x07", "解压"},
      {"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
       "另存为 xlsx"},
      {"PK\x03\x04 cut off", "损坏"},
      {gz.substr(0, gz.size() - 20), "损坏"},
      {"\x1F\x8B", "损坏"},
      {"", "空"}};
  for (const auto& [bytes, words] : refused) {
    const auto file = open(bytes);
    ASSERT_FALSE(file) << words;
    EXPECT_EQ(file.error().code, ErrorCode::kBadInput) << words;
    EXPECT_THAT(file.error().message_zh, HasSubstr(words));
    EXPECT_EQ(file.error().place, "a");
  }
}

TEST(OpenTables, WhatUnpacksWithoutEndIsRefused) {
  const std::string zeros(std::size_t{80} << 20, '0');
  EXPECT_THAT(open(gzipped(zeros)).error().message_zh, HasSubstr("异常地大"));
  const auto path = std::filesystem::path(testing::TempDir()) / "bomb.zip";
  write_zip(path, {{"a.csv", zeros}});
  EXPECT_THAT(open_tables(path, known_columns).error().message_zh, HasSubstr("异常地大"));
}

// A cell is 20 bytes of the file, and a text of 60 KB in the memory.
TEST(OpenTables, OneTextInEveryCellIsRefused) {
  std::string rows = text_rows("姓名|住址");
  for (int r = 2; r < 4000; ++r)
    rows += "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>";
  const auto path =
      HandMade("copies.xlsx")
          .part("book/strings.xml", "<sst><si><t>" + std::string(60'000, 'x') + "</t></si></sst>")
          .sheet(rows)
          .write();
  EXPECT_THAT(shown(open_tables(path, known_columns)), HasSubstr("refused: the cells repeat"));
}

}  // namespace
}  // namespace bidui::connectors
