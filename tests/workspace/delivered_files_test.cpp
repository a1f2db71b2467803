// The same list in every form that offices deliver it in.
#include <fstream>
#include <gmock/gmock.h>
#include <map>

#include "tests/connectors/xlsx/hand_made.h"
#include "tests/workspace/test_workspace.h"
#include "workspace/link_files.h"

namespace bidui::workspace {
namespace {

using connectors::HandMade;
using connectors::text_rows;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kHeader = "户编号,人编号,姓名,证件号码,与户主关系,人数,脱贫属性";
const std::vector<std::string> kRows = {
    "3408260001,1,王伟,340826195001010017,户主,3,未脱贫", ",2,李娜,340826195203074426,配偶,,",
    ",3,王磊,340826198001010031,之子,,", "3408260002,4,张敏,340826196001010022,户主,2,已脱贫",
    ",5,陈静,340826196203074447,配偶,,"};

std::string csv(const std::string& header, std::span<const std::string> rows) {
  std::string text = header + "\n";
  for (const std::string& row : rows) text += row + "\n";
  return text;
}

std::string cells(std::string text) {
  std::ranges::replace(text, ',', '|');
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

class DeliveredFilesTest : public WorkspaceTest {
 protected:
  // Each record's fields, by its key.
  std::map<std::string, std::vector<std::string>> records_of(const std::filesystem::path& file) {
    const auto report = import("poverty", {file}, true);
    EXPECT_TRUE(report) << report.error().describe();
    std::map<std::string, std::vector<std::string>> all;
    if (!report) return all;
    for (StoredRow& row : records(report->delivery.id)) all[row.key] = std::move(row.fields);
    return all;
  }
};

TEST_F(DeliveredFilesTest, WorkbookPageArchiveAndTextGiveTheSameRecords) {
  const auto expected = records_of(write_file("a.csv", csv(kHeader, kRows)));
  ASSERT_EQ(expected.size(), 5u);
  // A roll as it is printed: title, the number as a number, merges, a total, who filled it in.
  HandMade roll("roll.xlsx");
  roll.sheet(text_rows("宿松县贫困人口花名册\n填报单位：扶贫办\n" + cells(csv(kHeader, kRows)) +
                       "\n合计|5\n填表人：|||审核人："),
             "one", "",
             "<mergeCells><mergeCell ref=\"A1:G1\"/><mergeCell ref=\"A4:A6\"/>"
             "<mergeCell ref=\"F4:F6\"/><mergeCell ref=\"A7:A8\"/></mergeCells>");
  EXPECT_EQ(records_of(roll.write()), expected);
  std::string page = "<html><table>";
  for (const std::string& row : {kHeader, kRows[0], kRows[1], kRows[2], kRows[3], kRows[4]}) {
    page += "<tr><td>";
    for (const char c : row) page += c == ',' ? std::string("</td><td>") : std::string(1, c);
    page += "</td></tr>";
  }
  EXPECT_EQ(records_of(write_file("a.xls", page + "</table>")), expected);
  const auto zip = directory_.path() / "a.zip";
  connectors::write_zip(zip, {{"一村.csv", csv(kHeader, std::span(kRows).first(3))},
                              {"二村.csv", csv(kHeader, std::span(kRows).subspan(3))}});
  EXPECT_EQ(records_of(zip), expected);
}

// The poverty registry of the sample county as the system exports it and as a printed roll, which
// has a household's values on its first row only (in the export its rows may differ, as people
// wrote them).
TEST_F(DeliveredFilesTest, TheSampleRollHasTheRecordsOfItsExport) {
  const std::filesystem::path folder = BIDUI_SOURCE_DIR "/tests/fixtures/sample";
  const auto roll = records_of(folder / "建档立卡贫困人口花名册.xlsx");
  const auto exported = import("poverty", {folder / "建档立卡贫困人口.csv"}, true);
  ASSERT_TRUE(exported) << exported.error().describe();
  const std::vector<StoredRow> rows = records(exported->delivery.id);
  ASSERT_EQ(rows.size(), 1284u);
  ASSERT_EQ(roll.size(), rows.size());
  const schema::Schema& schema = *workspace_.schema_of("poverty").value();
  std::map<std::string, const StoredRow*> first_rows;  // by household
  for (const StoredRow& row : rows) {
    const StoredRow& first =
        *first_rows.emplace(field(row, "poverty", "household_no"), &row).first->second;
    const std::vector<std::string>& printed = roll.at(row.key);
    for (std::size_t f = 0; f < schema.fields.size(); ++f) {
      const StoredRow& from = schema.fields[f].fill_down ? first : row;
      EXPECT_EQ(printed[f], from.fields[f]) << row.key << " " << schema.fields[f].id;
    }
  }
}

// What is merged is one value for all its rows, also where each row has a key of its own; a
// person's value never is.
TEST_F(DeliveredFilesTest, MergedHouseholdColumnsAreFilledDownWhateverTheKey) {
  HandMade book("merged.xlsx");
  book.sheet(
      text_rows("户编号|人编号|姓名|证件号码|与户主关系|危房户\n"
                "3408260001|1|王伟|340826195001010017|户主|是\n"
                "3408260001|2|李娜||配偶|\n3408260002|3|张敏||户主|\n3408260002|4|陈静||配偶|否"),
      "one", "", "<mergeCells><mergeCell ref=\"F2:F3\"/><mergeCell ref=\"D2:D4\"/></mergeCells>");
  const auto report = import("poverty", {book.write()}, true);
  ASSERT_TRUE(report) << report.error().describe();
  std::string seen;
  for (const StoredRow& row : records(report->delivery.id))
    seen += row.key + field(row, "poverty", "dangerous_house") +
            field(row, "poverty", "id_number") + " ";
  EXPECT_EQ(seen, "1是340826195001010017 2是 3 4否 ");
  EXPECT_EQ(report->files[0].rows.filled_cells, 1u);
}

TEST_F(DeliveredFilesTest, SheetsAreFilesOfTheDeliveryAndOthersAreTold) {
  HandMade book("sheets.xlsx");
  book.sheets(
          "<x:sheet name=\"一村\" r:id=\"s1\"/><x:sheet name=\"二村\" r:id=\"s2\"/>"
          "<x:sheet name=\"电话\" r:id=\"s3\"/>")
      .sheet(text_rows(cells(csv(kHeader, std::span(kRows).first(3)))))
      .sheet(text_rows("二村名册\n" + cells(csv(kHeader, std::span(kRows).subspan(3))) +
                       "\n|6||340826196001010022"),
             "two")
      .sheet(text_rows("姓名|联系电话\n王伟|13800000000"), "three");
  const auto report = import("poverty", {book.write()});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_THAT(report->delivery.files, ElementsAre("sheets.xlsx[一村]", "sheets.xlsx[二村]"));
  EXPECT_EQ(report->delivery.record_count, 5u);
  const auto rows = records(report->delivery.id);
  EXPECT_EQ(rows[3].file, 1u);
  EXPECT_EQ(rows[3].row, 3u);  // as a person sees it
  ASSERT_EQ(report->left_out.size(), 1u);
  EXPECT_EQ(report->left_out[0].name, "sheets.xlsx[电话]");
  ASSERT_EQ(report->rejects.size(), 1u);
  EXPECT_EQ(report->rejects[0].file, "sheets.xlsx[二村]");
  EXPECT_EQ(report->rejects[0].row, 5u);
}

TEST_F(DeliveredFilesTest, AWorkbookWithoutTheListIsRefused) {
  HandMade book("other.xlsx");
  book.sheet(text_rows("姓名|联系电话\n王伟|13800000000"));
  const auto report = import("poverty", {book.write()});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kBadInput);
  EXPECT_THAT(report.error().describe_zh(), HasSubstr("other.xlsx[甲]"));
}

// An ID number that a spreadsheet made a number of has lost its last digits, and counts as damaged.
TEST_F(DeliveredFilesTest, AnIdNumberKeptAsANumberIsDamaged) {
  HandMade book("numbers.xlsx");
  std::string rows = text_rows(kHeader + "\n");
  rows = text_rows(cells(kHeader));
  rows +=
      R"(<row r="2"><c r="A2"><v>3408260001</v></c><c r="B2"><v>1.0</v></c>)"
      R"(<c r="C2" t="inlineStr"><is><t>王伟</t></is></c><c r="D2"><v>3.4082619500101E+17</v></c></row>)";
  const auto report = import("poverty", {book.sheet(rows).write()});
  ASSERT_TRUE(report) << report.error().describe();
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].key, "1");
  EXPECT_EQ(field(all[0], "poverty", "id_number"), "340826195001010000");
  EXPECT_EQ(report->repairs[static_cast<std::size_t>(record::Repair::kIdPrecisionLost)], 1u);
}

constexpr const char* kLinkHeader = "id,姓名,出生日期";

std::vector<std::string> link_rows() {
  const char* const given[] = {"龴伟", "龴娜", "伟龴", "娜龴", "龴"};
  std::vector<std::string> rows;
  for (int i = 0; i < 200; ++i) {
    rows.push_back(std::to_string(i) + "," + (i % 2 == 0 ? "王" : "李") + given[i % 5] + ",19" +
                   std::to_string(40 + i % 60) + "-0" + std::to_string(i % 9 + 1) + "-" +
                   std::to_string(10 + i % 19));
  }
  return rows;
}

TEST_F(DeliveredFilesTest, LinkReadsThemToo) {
  const std::vector<std::string> rows = link_rows();
  const auto left = write_file("l.csv", csv(kLinkHeader, rows));
  HandMade book("r.xlsx");
  book.sheets("<x:sheet name=\"一\" r:id=\"s1\"/><x:sheet name=\"二\" r:id=\"s2\"/>")
      .sheet(text_rows(cells(csv(kLinkHeader, std::span(rows).first(90)))))
      .sheet(text_rows("名单\n" + cells(csv(kLinkHeader, std::span(rows).subspan(90)))), "two");
  const std::filesystem::path out = directory_.path() / "links.csv";
  const auto same = link_files({.left = left, .right = left, .out = out});
  ASSERT_TRUE(same) << same.error().describe();
  const std::string expected = connectors::bytes_of(out);
  const auto linked = link_files({.left = left, .right = book.write(), .out = out});
  ASSERT_TRUE(linked) << linked.error().describe();
  EXPECT_EQ(connectors::bytes_of(out), expected);
  EXPECT_EQ(linked->right_rows, 200u);
  EXPECT_EQ(linked->right_tables.tables.size(), 2u);
}

// Private-use characters of old GBK are the official ones: FE59 is 龴, as newer files write it.
TEST_F(DeliveredFilesTest, PrivateUseCharactersAreMappedBack) {
  const std::string utf8 = csv(kLinkHeader, link_rows());
  std::string gbk = utf8;
  const std::pair<std::string, std::string> codes[] = {
      {"姓名", "\xD0\xD5\xC3\xFB"},
      {"出生日期", "\xB3\xF6\xC9\xFA\xC8\xD5\xC6\xDA"},
      {"王", "\xCD\xF5"},
      {"李", "\xC0\xEE"},
      {"伟", "\xCE\xB0"},
      {"娜", "\xC4\xC8"},
      {"龴", "\xFE\x59"}};
  for (const auto& [character, bytes] : codes) {
    for (std::size_t at = gbk.find(character); at != std::string::npos;
         at = gbk.find(character, at))
      gbk.replace(at, character.size(), bytes);
  }
  const auto left = write_file("l.csv", utf8);
  const std::filesystem::path out = directory_.path() / "links.csv";
  ASSERT_TRUE(link_files({.left = left, .right = left, .out = out}));
  const std::string expected = connectors::bytes_of(out);
  ASSERT_TRUE(link_files({.left = left, .right = write_file("g.csv", gbk), .out = out}));
  EXPECT_EQ(connectors::bytes_of(out), expected);
  EXPECT_GT(std::ranges::count(expected, '\n'), 150);
}

}  // namespace
}  // namespace bidui::workspace
