#include "connectors/report/xlsx_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "connectors/report/cell_text.h"
#include "golden.h"
#include "sample_report.h"
#include "xlsx_reader.h"

namespace bidui::connectors::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::filesystem::path book_path(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) / (name + ".xlsx");
}

ReadBook written(const std::string& name, const std::vector<Sheet>& sheets,
                 WorkbookOptions options = {}) {
  const auto path = book_path(name);
  const Status status = write_workbook(sheets, path, options);
  EXPECT_TRUE(status) << (status ? "" : status.error().describe());
  return read_workbook(path);
}

ReadBook small_book(const std::string& name) {
  const ReportData data = small_report();
  const Tally counts = tally(data);
  return written(name, ledger_sheets(data, counts, Locale::kChinese),
                 {.date = data.evaluation_date});
}

const ReadSheet& sheet_of(const ReadBook& book, const std::string& name) {
  for (const ReadSheet& sheet : book.sheets) {
    if (sheet.name == name) return sheet;
  }
  throw std::runtime_error("no sheet " + name);
}

Sheet list_of(const std::string& name, std::vector<std::string> values) {
  Sheet sheet{.name = name, .file = {}, .title = "t", .blocks = {}};
  const std::size_t rows = values.size();
  sheet.blocks.push_back(
      {.title = {},
       .columns = {{.header = "h"}},
       .rows = rows,
       .fill = [values = std::move(values)](std::size_t row, std::vector<Cell>& cells) {
         cells = {text_cell(values[row])};
       }});
  return sheet;
}

TEST(XlsxBook, SheetsStandInOrder) {
  const ReadBook book = small_book("order");
  std::vector<std::string> names;
  for (const ReadSheet& sheet : book.sheets) names.push_back(sheet.name);
  EXPECT_THAT(names, ElementsAre("汇总", "乡镇 × 规则", "死亡仍在册", "身份证号无效",
                                 "低保未建档立卡", "待复核链接", "退回行", "说明"));
}

TEST(XlsxBook, RuleSheetHoldsItsFlagsByPlace) {
  const ReadBook book = small_book("rule");
  const auto& cells = sheet_of(book, "死亡仍在册").cells;
  const auto text = [&](const char* reference) { return cells.at(reference).text; };
  EXPECT_THAT(text("A1"), HasSubstr("DEAD_IN_PR 死亡仍在册"));
  EXPECT_THAT(text("A1"), HasSubstr("示例〔2017〕1 号"));
  EXPECT_EQ(text("B2"), "乡镇");
  EXPECT_EQ(text("I2"), "姓名（建档立卡）");
  EXPECT_EQ(text("J2"), "姓名（户籍）");
  EXPECT_EQ(text("B3"), "甲镇");
  EXPECT_EQ(text("C3"), "山村");
  EXPECT_EQ(text("E3"), "李*");
  EXPECT_EQ(text("F3"), "高");
  EXPECT_EQ(text("G4"), "消失");
  EXPECT_EQ(text("B5"), "乙镇");
  EXPECT_EQ(text("H3"), "L3");
  EXPECT_EQ(text("L3"), "2016-08-03 死亡");
  EXPECT_EQ(cells.at("A3").type, "n");
}

TEST(XlsxBook, KeysAreNeverNumbersAndNothingIsAFormula) {
  const ReadBook book = small_book("types");
  for (const ReadSheet& sheet : book.sheets) {
    for (const auto& [reference, cell] : sheet.cells) {
      EXPECT_FALSE(cell.formula) << sheet.name << reference;
      if (cell.type == "n" && cell.text.find('.') == std::string::npos) {
        EXPECT_LT(cell.text.size(), 12U) << sheet.name << reference;
      }
    }
  }
  const auto& cells = sheet_of(book, "死亡仍在册").cells;
  EXPECT_EQ(cells.at("D3").type, "inlineStr");
  EXPECT_EQ(cells.at("D3").text, "poverty:5002351000000001");
  const auto& bad = sheet_of(book, "身份证号无效").cells;
  EXPECT_EQ(bad.at("E4").text, "=1+1");
  EXPECT_EQ(bad.at("E4").type, "inlineStr");
  EXPECT_EQ(bad.at("E5").text, "<script>alert(1)</script>");
}

TEST(XlsxBook, ListsFilterFreezeAndPrint) {
  const ReadBook book = small_book("print");
  const std::string& xml = sheet_of(book, "死亡仍在册").xml;
  EXPECT_THAT(xml, HasSubstr("<autoFilter ref=\"A2:W5\"/>"));
  EXPECT_THAT(xml, HasSubstr("xSplit=\"3\" ySplit=\"2\""));
  EXPECT_THAT(xml, HasSubstr("paperSize=\"9\""));
  EXPECT_THAT(xml, HasSubstr("fitToHeight=\"0\""));
  EXPECT_THAT(xml, HasSubstr("orientation=\"landscape\""));
  EXPECT_THAT(xml, HasSubstr("填表人："));
  EXPECT_THAT(xml, HasSubstr("审核人："));
  EXPECT_THAT(xml, HasSubstr("属实,不属实,无法判断"));
  EXPECT_THAT(book.workbook_xml, HasSubstr("'死亡仍在册'!$1:$2"));
  EXPECT_THAT(sheet_of(book, "汇总").xml, HasSubstr("<hyperlink "));
  EXPECT_THAT(sheet_of(book, "乡镇 × 规则").xml, HasSubstr("<colorScale>"));
}

// Twenty labels of two sources each, with long values: on paper the first five columns of them, in
// all no wider than a line that can be read; the others behind what is printed.
TEST(XlsxBook, AWideRuleSheetPrintsWhatAPageHolds) {
  ReportData data = small_report();
  for (FlagRow& flag : data.flags) {
    flag.evidence.clear();
    for (int label = 0; label < 20; ++label) {
      flag.evidence.push_back({"栏目" + std::to_string(label), "poverty", std::string(60, 'x'),
                               "civil", std::string(60, 'y'), true});
    }
  }
  const Tally counts = tally(data);
  const ReadBook book = written("wide", ledger_sheets(data, counts, Locale::kChinese),
                                {.date = data.evaluation_date});
  const ReadSheet& sheet = sheet_of(book, "死亡仍在册");
  EXPECT_EQ(sheet.cells.at("M2").text, "栏目2（建档立卡）") << "the fifth";
  EXPECT_EQ(sheet.cells.at("N2").text, "入户须核实");
  EXPECT_EQ(sheet.cells.at("U2").text, "疑点编号") << "the last that is printed";
  EXPECT_EQ(sheet.cells.at("Y2").text, "栏目2（户籍）");
  EXPECT_THAT(book.workbook_xml, HasSubstr("'死亡仍在册'!$A$1:$U$5"));
  double printed = 0;
  const std::regex column("<col min=\"(\\d+)\" max=\"(\\d+)\" width=\"([0-9.]+)\"");
  for (std::sregex_iterator at(sheet.xml.begin(), sheet.xml.end(), column), end; at != end; ++at) {
    const int first = std::stoi((*at)[1]);
    const int last = std::min(std::stoi((*at)[2]), 21);
    if (first <= last) printed += (last - first + 1) * std::stod((*at)[3]);
  }
  EXPECT_GT(printed, 100);
  EXPECT_LT(printed, 230) << "210 and the cells' padding";
}

TEST(XlsxBook, SaysHowManyPossibleLinksAreNotListed) {
  ReportData data = small_report();
  data.possible_total = 31204;
  const Tally counts = tally(data);
  const ReadBook book =
      written("cut", ledger_sheets(data, counts, Locale::kChinese), {.date = data.evaluation_date});
  EXPECT_THAT(sheet_of(book, "待复核链接").cells.at("A1").text,
              HasSubstr("共 31,204 对，ledger.xlsx 只列概率最高的 1 对"));
}

TEST(XlsxBook, ALongListGoesOnInAFurtherSheet) {
  const ReadBook book =
      written("long", {list_of("名单", {"一", "二", "三", "四", "五"})}, {.rows_per_sheet = 4});
  ASSERT_EQ(book.sheets.size(), 3U);
  EXPECT_EQ(book.sheets[1].name, "名单~2");
  EXPECT_EQ(book.sheets[0].cells.at("A4").text, "二");
  EXPECT_EQ(book.sheets[1].cells.at("A2").text, "h");
  EXPECT_EQ(book.sheets[1].cells.at("A3").text, "三");
  EXPECT_EQ(book.sheets[2].cells.at("A3").text, "五");
}

TEST(XlsxBook, NamesAreUniqueWhateverTheirCase) {
  const std::string longest(40, 'x');
  EXPECT_THAT(unique_sheet_names(
                  {list_of("a", {}), list_of("A", {}), list_of(longest, {}), list_of(longest, {})}),
              ElementsAre("a", "A (2)", std::string(31, 'x'), std::string(27, 'x') + " (2)"));
  const ReadBook book =
      written("clash", {list_of("a", {"1", "2"}), list_of("A~2", {"3"})}, {.rows_per_sheet = 3});
  EXPECT_EQ(book.sheets[1].name, "a~2.2");
}

TEST(XlsxBook, LongAndStrangeTextIsKeptReadable) {
  const ReadBook book =
      written("strange",
              {list_of("s", {std::string(40000, 'a'), "a\x01\xFF", " 前后 ", "_x0041_", "a&<b>"})});
  const auto& cells = book.sheets[0].cells;
  EXPECT_EQ(cells.at("A3").text.size(), kCellUnits - 5 + std::string("…〔截断〕").size());
  EXPECT_EQ(cells.at("A4").text, "a \xEF\xBF\xBD");
  EXPECT_EQ(cells.at("A5").text, " 前后 ");
  EXPECT_EQ(cells.at("A7").text, "a&<b>");
}

TEST(XlsxBook, TheSameReportGivesTheSameBytes) {
  small_book("same1");
  small_book("same2");
  EXPECT_TRUE(read_bytes(book_path("same1")) == read_bytes(book_path("same2")));
}

TEST(XlsxBook, EmptyReportIsAWorkbook) {
  const ReportData data;
  const Tally counts = tally(data);
  EXPECT_EQ(written("empty", ledger_sheets(data, counts, Locale::kEnglish)).sheets.size(), 5U);
}

TEST(XlsxBook, UnwritableFolderIsAnError) {
  const Status status = write_workbook({list_of("a", {"1"})}, "/nonexistent/ledger.xlsx", {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace bidui::connectors::report
