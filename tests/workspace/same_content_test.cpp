// The same file twice is told by its content.
#include "workspace/same_content.h"

#include <algorithm>
#include <gmock/gmock.h>

#include "tests/workspace/test_workspace.h"

namespace bidui::workspace {
namespace {

constexpr const char* kRows = "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH1,P2,李四,\n";

using SameContent = WorkspaceTest;

TEST_F(SameContent, NothingIsDoneTheSecondTime) {
  const auto first = import("poverty", {write_file("a.csv", kRows)});
  ASSERT_TRUE(first) << first.error().describe();
  for (const bool replace : {false, true}) {
    const auto second = import("poverty", {write_file("b.csv", kRows)}, replace);
    ASSERT_TRUE(second) << second.error().describe();
    EXPECT_TRUE(second->already);
    EXPECT_EQ(second->delivery.id, first->delivery.id);
  }
  EXPECT_EQ(workspace_.store().deliveries().size(), 1U);
  const auto again = import_delivery(workspace_, {.instance = "poverty",
                                                  .as_of = "2017-11-20",
                                                  .files = {directory_.path() / "a.csv"},
                                                  .again = true});
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_FALSE(again->already);
  EXPECT_NE(again->delivery.id, first->delivery.id);
  EXPECT_EQ(workspace_.store().deliveries().size(), 1U);
}

// As of another day it is another delivery, and is told: the wrong file may have been taken.
TEST_F(SameContent, OfAnotherDateItIsImportedAndTold) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv", kRows)}));
  const auto later = import("poverty", {write_file("b.csv", kRows)}, false, "2017-12-20");
  ASSERT_TRUE(later) << later.error().describe();
  EXPECT_FALSE(later->already);
  EXPECT_EQ(later->same_file, "poverty:340826:2017-11-20");
  EXPECT_EQ(find_same_content(workspace_.store(), "poverty", "340826", later->delivery.content_hash)
                ->as_of,
            "2017-12-20");
  EXPECT_FALSE(
      find_same_content(workspace_.store(), "civil", "340826", later->delivery.content_hash));
}

TEST_F(SameContent, OtherBytesWithTheSameRecordsAreTold) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv", kRows)}));
  const auto told = [](const ImportReport& report) {
    return std::ranges::find(report.quality.findings, "same_records",
                             &connectors::report::QualityFinding::check) !=
           report.quality.findings.end();
  };
  const auto later = import(
      "poverty",
      {write_file("b.csv", "人编号,姓名,户编号,证件号码\r\nP2,李四,H1,\r\nP1,王小二,H1,\r\n")},
      false, "2017-12-20");
  ASSERT_TRUE(later) << later.error().describe();
  EXPECT_TRUE(later->same_file.empty());
  EXPECT_TRUE(told(*later));
  const auto other = import(
      "poverty", {write_file("c.csv", "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH1,P2,李肆,\n")},
      false, "2018-01-20");
  ASSERT_TRUE(other);
  EXPECT_FALSE(told(*other));
}

// What reads the file is another by now: --replace reads it anew.
TEST_F(SameContent, ReplaceReadsItAgainWhereTheMappingIsAnother) {
  const auto file = write_file("a.csv", "户编号,人编号,姓名,证件号码,别名\nH1,P1,王小二,,二子\n");
  ASSERT_TRUE(import("poverty", {file}));
  const auto mapping = write_file("m.json", R"({"source": "poverty", "columns": [
    {"header": "户编号", "field": "household_no"}, {"header": "人编号", "field": "person_no"},
    {"header": "姓名", "field": null}, {"header": "证件号码", "field": "id_number"},
    {"header": "别名", "field": "name"}]})");
  const auto mapped = import_delivery(workspace_, {.instance = "poverty",
                                                   .as_of = "2017-11-20",
                                                   .files = {file},
                                                   .mapping = mapping,
                                                   .replace = true});
  ASSERT_TRUE(mapped) << mapped.error().describe();
  EXPECT_FALSE(mapped->already);
  EXPECT_EQ(field(records(mapped->delivery.id)[0], "poverty", "name"), "二子");
  const auto same = import("poverty", {file}, true);
  ASSERT_TRUE(same);
  EXPECT_TRUE(same->already) << "the mapping is kept, and reads it";
}

// What was done with deliveries stands in the journal.
TEST_F(SameContent, TheJournalHasWhatWasDone) {
  ASSERT_TRUE(import_delivery(workspace_, {.instance = "poverty",
                                           .as_of = "2017-11-20",
                                           .files = {write_file("a.csv", kRows)},
                                           .act = {.by = "李", .recorded = "2017-11-21"}}));
  std::vector<std::string> entries;
  ASSERT_TRUE(workspace_.store().scan_journal_under(
      kDeliverySubject, [&](std::uint64_t, std::string_view subject, std::string_view content) {
        entries.push_back(std::string(subject) + " " + std::string(content));
      }));
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_THAT(entries[0], testing::HasSubstr("delivery/poverty:340826:2017-11-20"));
  EXPECT_THAT(entries[0], testing::HasSubstr("\"action\":\"imported\",\"by\":\"李\""));
}

}  // namespace
}  // namespace bidui::workspace
