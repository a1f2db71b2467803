#include "workspace/import.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <set>

#include "tests/workspace/test_workspace.h"
#include "workspace/index_keys.h"

namespace bidui::workspace {
namespace {

using connectors::RejectReason;

constexpr std::string_view kHeader = "序号,户编号,人编号,姓名,证件号码,备用列\n";

class ImportTest : public WorkspaceTest {
 protected:
  std::filesystem::path poverty_file(const std::string& name, std::string_view rows) const {
    return write_file(name, std::string(kHeader) + std::string(rows));
  }
};

TEST_F(ImportTest, KeepsFieldsUnmappedColumnsAndTheRowsPlace) {
  const auto report = import("poverty", {poverty_file("a.csv",
                                                      "1,H1,P1,王小二,,甲\n"
                                                      "\n"
                                                      "2,H1,P2,李四,,乙\n")});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->files[0].unmapped, std::vector<std::string>{"备用列"});
  EXPECT_EQ(report->delivery.rows, (store::RowCounts{3, 2, 0, 1}));
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].key, "P2");
  EXPECT_EQ(all[1].row, 4u);
  EXPECT_EQ(field(all[1], "poverty", "name"), "李四");
  EXPECT_EQ(field(all[1], "poverty", "household_no"), "H1");
  EXPECT_EQ(all[1].extras, std::vector<std::string>{"乙"});
}

TEST_F(ImportTest, AListOfNobodyIsRefused) {
  const auto bare = import("poverty", {poverty_file("bare.csv", "")});
  ASSERT_FALSE(bare);
  EXPECT_EQ(bare.error().code, ErrorCode::kBadInput);
  EXPECT_THAT(bare.error().message_zh, testing::HasSubstr("读到 0 行"));
  const auto rejected =
      import("poverty", {poverty_file("rejected.csv", "1,H1,P1,,,\n2,H1,P2,,,\n")});
  ASSERT_FALSE(rejected);
  EXPECT_THAT(rejected.error().message_zh, testing::HasSubstr("退回 2"));
  EXPECT_THAT(rejected.error().message_zh, testing::HasSubstr("首先是第 2 行“姓名”"));
  EXPECT_TRUE(workspace_.store().deliveries().empty());
}

TEST_F(ImportTest, AllRowsOfARepeatedKeyAreNamedByTheirContent) {
  const auto report = import("poverty", {poverty_file("a.csv",
                                                      "1,H1,P1,王小二,,\n"
                                                      "2,H1,P2,李四,,\n"
                                                      "3,H1,P1,王小三,,\n"
                                                      "4,H1,P1,王小三,,\n")});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->repeated_keys, 3u);
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[1].key, "P2");
  std::set<std::string> keys;
  for (const std::size_t i : {0u, 2u, 3u}) {
    EXPECT_EQ(all[i].key.size(), 17u);
    EXPECT_EQ(all[i].key[0], '#');
    keys.insert(all[i].key);
  }
  EXPECT_EQ(keys.size(), 3u) << "rows equal to the letter need different keys";
  EXPECT_EQ(field(all[3], "poverty", "name"), "王小三");
  EXPECT_EQ(all[3].row, 5u);
}

// Rows of a file with repeated and missing keys, in blocks of the store and of the reader, in any
// order: the same row has the same key.
TEST_F(ImportTest, RecordKeysDoNotDependOnTheOrderOfTheRows) {
  std::vector<std::string> rows;
  for (int i = 0; i < 3000; ++i) {
    const std::string key = i % 97 == 0 ? "" : "P" + std::to_string(i % 5 == 0 ? i / 50 : i);
    rows.push_back("1,H1," + key + ",王" + std::to_string(i / 2) + ",,\n");
  }
  const auto keys_of = [&](const std::string& file, const std::string& as_of) {
    std::string text;
    for (const std::string& row : rows) text += row;
    const auto report = import("poverty", {poverty_file(file, text)}, false, as_of);
    EXPECT_TRUE(report) << report.error().describe();
    std::map<std::string, std::multiset<std::string>> keys;  // by all that the row says
    std::set<std::string> once;
    for (const StoredRow& record : records(report->delivery.id)) {
      std::string content;
      for (const std::string& text_of_field : record.fields) content += text_of_field + ",";
      keys[content].insert(record.key);
      EXPECT_TRUE(once.insert(record.key).second) << record.key;
    }
    EXPECT_GT(report->repeated_keys, 500u);
    return keys;
  };
  const auto before = keys_of("a.csv", "2017-11-20");
  std::shuffle(rows.begin(), rows.end(), std::mt19937(11));
  EXPECT_EQ(keys_of("b.csv", "2017-12-20"), before);
}

TEST_F(ImportTest, RowsWithoutAKeyAreNamedByTheirContentWhereverTheyStand) {
  const auto first = import("poverty", {poverty_file("a.csv",
                                                     "1,H1,,王小二,,\n"
                                                     "2,H1,3.40826E+14,李四,,\n")});
  const auto second = import("poverty",
                             {poverty_file("b.csv",
                                           "1,H1,3.40826E+14,李四,,\n"
                                           "2,H1,,王小二,,\n")},
                             false, "2017-12-20");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->missing_keys, 2u);
  const auto before = records(first->delivery.id);
  const auto after = records(second->delivery.id);
  EXPECT_EQ(before[0].key[0], '#');
  EXPECT_EQ(before[0].key, after[1].key);
  EXPECT_EQ(before[1].key, after[0].key);
}

TEST_F(ImportTest, ARowWithoutARequiredValueIsRejected) {
  const auto report = import("poverty", {poverty_file("a.csv",
                                                      "1,H1,P1,王小二,,\n"
                                                      "2,H1,P2,,342826197208260274,\n")});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->rejects.size(), 1u);
  const connectors::Reject& reject = report->rejects[0];
  EXPECT_EQ(reject.file, "a.csv");
  EXPECT_EQ(reject.row, 3u);
  EXPECT_EQ(reject.field, "姓名");
  EXPECT_EQ(reject.reason, RejectReason::kRequiredMissing);
  EXPECT_EQ(report->delivery.rows, (store::RowCounts{2, 1, 1, 0}));
  EXPECT_EQ(report->delivery.record_count, 1u);
}

TEST_F(ImportTest, ADamagedRowIsRejectedAndItsNumberMasked) {
  std::string rows =
      "1,H1,P1,王小二,,\n2,H1,P2,李四,342826197208260274,,,\n3,H1,P3,张三,3428261972082602";
  rows += '\0';
  rows += "4,\n";
  const auto report = import("poverty", {poverty_file("a.csv", rows)});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->rejects.size(), 2u);
  EXPECT_EQ(report->rejects[0].reason, RejectReason::kWrongFieldCount);
  EXPECT_EQ(report->rejects[1].reason, RejectReason::kNulByte);
  EXPECT_EQ(report->rejects[1].masked_value.find("1972"), std::string::npos);
}

TEST_F(ImportTest, MoneyIsBroughtToTheSchemasUnit) {
  const auto file =
      write_file("a.csv",
                 "档案号,户主姓名,补助资金（万元）,补助标准(元),建筑面积（万元）\n"
                 "F1,王小二,2.68,300,50\nF2,李四,3万元,,\nF3,张三,\"1,000.5\",,\nF4,赵六,,,\n");
  const auto report = import("housing", {file});
  ASSERT_TRUE(report) << report.error().describe();
  for (const MappedField& column : report->files[0].columns)
    EXPECT_EQ(column.zeros, column.field == "subsidy" ? 4 : 0) << column.field;
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(field(all[0], "housing", "subsidy"), "26800");
  EXPECT_EQ(field(all[0], "housing", "standard"), "300");
  EXPECT_EQ(field(all[0], "housing", "area"), "50") << "no money";
  EXPECT_EQ(field(all[1], "housing", "subsidy"), "3万元") << "the cell says its own unit";
  EXPECT_EQ(field(all[2], "housing", "subsidy"), "10005000");
  EXPECT_EQ(field(all[3], "housing", "subsidy"), "");
  EXPECT_NE(report->delivery.details.find(R"("scaled":[{"field":"subsidy","zeros":4}])"),
            std::string::npos)
      << report->delivery.details;
}

TEST_F(ImportTest, SaysWhichColumnItTookOfSeveral) {
  const auto report =
      import("poverty", {write_file("a.csv",
                                    "户编号,人编号,姓名,证件号码,人联系电话,户联系电话\n"
                                    "H1,P1,王小二,,13800000001,13800000002\n")});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->files[0].ambiguous.size(), 1u);
  EXPECT_EQ(report->files[0].ambiguous[0].field, "phone");
  EXPECT_EQ(report->files[0].ambiguous[0].chosen, "户联系电话");
  EXPECT_EQ(report->files[0].ambiguous[0].rejected, std::vector<std::string>{"人联系电话"});
}

TEST_F(ImportTest, ARefusedFileLeavesNothingOfTheDelivery) {
  const auto good = poverty_file("a.csv", "1,H1,P1,王小二,,\n");
  const auto cut_off = poverty_file("b.csv", "1,H1,P2,\"李四,,\n");
  const auto other = write_file("c.csv", "号牌号码,品牌型号\n皖HB0007,长安CS35\n");
  for (const auto& refused : {cut_off, other}) {
    const auto report = import("poverty", {good, refused});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::kBadInput) << report.error().describe();
    EXPECT_TRUE(workspace_.store().deliveries().empty());
  }
  EXPECT_TRUE(import("poverty", {good}));
}

TEST_F(ImportTest, TheSameDeliveryIsRefusedUnlessItReplaces) {
  const auto first = import("poverty", {poverty_file("a.csv", "1,H1,P1,王小二,,\n")});
  ASSERT_TRUE(first);
  const auto changed = poverty_file("b.csv", "1,H1,P9,李四,,\n");
  const auto again = import("poverty", {changed});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_EQ(records(first->delivery.id).size(), 1u);

  const auto replaced = import("poverty", {changed}, true);
  ASSERT_TRUE(replaced) << replaced.error().describe();
  const auto all = workspace_.store().deliveries();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(records(all[0].id)[0].key, "P9");
}

TEST_F(ImportTest, TwoFilesMakeOneDelivery) {
  const auto report = import("poverty", {poverty_file("a.csv", "1,H1,P1,王小二,,\n"),
                                         write_file("b.csv",
                                                    "人编号;成员姓名;身份证号;户号\n"
                                                    "P2;李四;;H2\nP1;张三;;H3\n")});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->files.size(), 2u);
  EXPECT_EQ(report->files[1].delimiter, ';');
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].file, 1u);
  EXPECT_EQ(field(all[1], "poverty", "name"), "李四");
  EXPECT_EQ(report->repeated_keys, 2u) << "a key is unique in the delivery, not in the file";
}

TEST_F(ImportTest, HouseholdColumnsAreFilledDown) {
  const auto report =
      import("relocation", {write_file("a.csv",
                                       "搬迁户编号,人员档案号,户主,搬迁人口姓名,身份证号码,安置点\n"
                                       "H1,R1,王大,王大,,东区\n,R2,,王二,,\nH2,R3,李四,李四,,\n"
                                       ",R4,,李五,,\n")});
  ASSERT_TRUE(report) << report.error().describe();
  const auto all = records(report->delivery.id);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(field(all[1], "relocation", "household_no"), "H1");
  EXPECT_EQ(field(all[1], "relocation", "head_name"), "王大");
  EXPECT_EQ(field(all[1], "relocation", "site"), "东区");
  EXPECT_EQ(field(all[3], "relocation", "household_no"), "H2");
  EXPECT_EQ(field(all[3], "relocation", "site"), "") << "the value of another block";
  EXPECT_EQ(report->files[0].rows.filled_cells, 5u);
}

TEST_F(ImportTest, RecordsAreFoundByKeyAndHousehold) {
  const auto report = import("poverty", {poverty_file("a.csv",
                                                      "1,H1,P1,王小二,,\n"
                                                      "2,H1,P1,李四,,\n")});
  ASSERT_TRUE(report);
  const store::Store& store = workspace_.store();
  const IndexKeys keys(store.index_secret());
  const auto rows = [&](std::uint64_t hash) {
    return store.postings(report->delivery.id, hash).value();
  };
  EXPECT_EQ(rows(keys.household("H1")), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(rows(keys.record_key("P1")), (std::vector<std::uint32_t>{0, 1}))
      << "a repeated key still finds every row that came with it";
  for (std::uint32_t row = 0; row < 2; ++row) {
    const std::string renamed = records(report->delivery.id)[row].key;
    EXPECT_EQ(rows(keys.record_key(renamed)), std::vector<std::uint32_t>{row});
  }
  EXPECT_TRUE(rows(keys.household("H9")).empty());
}

TEST_F(ImportTest, InstancesOfOneSourceStandBesideEachOther) {
  const auto file = poverty_file("a.csv", "1,H1,P1,王小二,,\n");
  EXPECT_TRUE(import("poverty", {file}));
  const auto county = import("poverty@county", {file});
  ASSERT_TRUE(county) << county.error().describe();
  EXPECT_EQ(county->delivery.source, "poverty");
  EXPECT_EQ(store::newest_deliveries(workspace_.store().deliveries()).size(), 2u);
}

TEST_F(ImportTest, RefusesWhatHasNoMeaning) {
  const auto file = poverty_file("a.csv", "1,H1,P1,王小二,,\n");
  for (const char* const date : {"2017-13-01", "2017-02-30", "20171120", "yesterday", ""}) {
    const auto report = import("poverty", {file}, false, date);
    ASSERT_FALSE(report) << date;
    EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument) << date;
  }
  EXPECT_EQ(import("pov", {file}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(import("poverty", {directory_.path() / "none.csv"}).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(workspace_.store().deliveries().empty());
}

TEST_F(ImportTest, TheContentHashIsThatOfTheFiles) {
  const auto path = poverty_file("a.csv", "1,H1,P1,王小二,,\n");
  const auto first = import("poverty", {path});
  const auto second = import("poverty", {path}, false, "2017-12-20");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->delivery.content_hash.size(), 64u);
  EXPECT_EQ(first->delivery.content_hash, second->delivery.content_hash);
}

}  // namespace
}  // namespace bidui::workspace
