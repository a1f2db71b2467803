// A list of changes, applied to the delivery before, gives what the whole list gives.
#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <random>

#include "tests/golden.h"
#include "tests/workspace/changing_world.h"
#include "tests/workspace/test_workspace.h"
#include "workspace/compare.h"
#include "workspace/run_models.h"

namespace bidui::workspace {
namespace {

using connectors::RejectReason;

constexpr std::uint64_t kSeed = 20171220;

// The first cell of a row; with the second where the source's key has two fields.
std::string key_of(const DeliveryText& delivery, const std::string& row) {
  const std::size_t first = row.find(',');
  const std::size_t second = row.find(',', first + 1);
  if (delivery.source == "civil") return row.substr(0, first);
  if (delivery.source == "poverty") return row.substr(first + 1, second - first - 1);
  return row.substr(0, second);
}

// What turns `before` into `after`, in any order; the words are those that offices use.
std::string changes_between(const DeliveryText& before, const DeliveryText& after,
                            std::mt19937_64& random) {
  const std::array<std::array<const char*, 3>, 3> words = {
      {{"新增", "变更", "注销"}, {"A", "U", "D"}, {"增加", "修改", "减少"}}};
  std::map<std::string, std::string> old;
  for (const std::string& row : before.rows) old.emplace(key_of(before, row), row);
  std::vector<std::string> lines;
  const auto add = [&](std::size_t kind, const std::string& row) {
    lines.push_back(row + "," + words[random() % words.size()][kind] + "\n");
  };
  for (const std::string& row : after.rows) {
    const auto at = old.find(key_of(after, row));
    if (at == old.end()) {
      add(0, row);
      continue;
    }
    if (at->second != row) add(1, row);
    old.erase(at);
  }
  for (const auto& [key, row] : old) add(2, row);
  std::ranges::shuffle(lines, random);
  std::string text = after.header + ",变更类型\n";
  for (const std::string& line : lines) text += line;
  return text;
}

class Changes : public WorkspaceTest {
 protected:
  Result<ImportReport> import_changes(const std::filesystem::path& file, const std::string& as_of,
                                      bool replace = false) {
    return import_delivery(workspace_, {.instance = "poverty",
                                        .as_of = as_of,
                                        .files = {file},
                                        .replace = replace,
                                        .changes = true});
  }
  std::vector<std::string> names(const ImportReport& report) const {
    std::vector<std::string> names;
    for (const StoredRow& row : records(report.delivery.id))
      names.push_back(field(row, "poverty", "name"));
    return names;
  }
};

std::string run_of(Workspace& workspace, const std::filesystem::path& models) {
  const auto run = compare(workspace, {.model = models, .report = false});
  EXPECT_TRUE(run) << run.error().describe();
  if (!run) return {};
  return read_bytes(run->directory / "links.csv") + read_bytes(run->directory / "households.csv") +
         read_bytes(run->directory / "flags.csv");
}

TEST_F(Changes, GiveWhatTheWholeListGives) {
  std::mt19937_64 random(kSeed);
  RecordProperty("seed", std::to_string(kSeed));
  std::vector<DeliveryText> deliveries = first_deliveries();
  Workspace changed =
      Workspace::create(directory_.path() / "changed", {.division = "340826"}).value();
  const auto take = [&](Workspace& workspace, const DeliveryText& d, const std::string& text,
                        bool changes) {
    const auto file = write_file(d.source + d.as_of + (changes ? "c.csv" : ".csv"), text);
    const auto report = import_delivery(
        workspace, {.instance = d.source, .as_of = d.as_of, .files = {file}, .changes = changes});
    ASSERT_TRUE(report) << report.error().describe();
    EXPECT_TRUE(report->rejects.empty());
  };
  const auto whole = [](const DeliveryText& d) {
    std::string text = d.header + "\n";
    for (const std::string& row : d.rows) text += row + "\n";
    return text;
  };
  for (const DeliveryText& d : deliveries) {
    take(workspace_, d, whole(d), false);
    take(changed, d, whole(d), false);
  }
  const auto models = directory_.path() / "models.json";
  compare(workspace_, {.report = false}).value();
  ASSERT_TRUE(write_models(models, load_models(workspace_.store()).value()));
  EXPECT_EQ(run_of(workspace_, models).empty(), false);
  run_of(changed, models);
  for (int month = 1; month <= 3; ++month) {
    for (DeliveryText& d : deliveries) {
      const DeliveryText before = d;
      d.as_of = "2018-0" + std::to_string(month) + "-10";
      change_names(d, 20, random);
      exchange_cells(d, "证件号码", 30, random);
      exchange_cells(d, "户号", 40, random);
      remove_rows(d, 40, random);
      if (d.source == "poverty") add_rows(d, crowd_rows("赵建国", 700 + 20 * month, 15));
      take(workspace_, d, whole(d), false);
      take(changed, d, changes_between(before, d, random), true);
    }
    const std::string expected = run_of(workspace_, models);
    EXPECT_GT(expected.size(), 10'000U);
    EXPECT_TRUE(run_of(changed, models) == expected) << "month " << month;
  }
}

constexpr const char* kHeader = "户编号,人编号,姓名,证件号码,操作\n";

TEST_F(Changes, ThatDoNotFitAreRejectedWithTheirRow) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv",
                                            "户编号,人编号,姓名,证件号码\n"
                                            "H1,P1,王小二,\nH1,P2,李四,\nH2,P4,赵六,\n"
                                            "H2,P5,钱七,\nH2,P5,钱八,\nH2,,孙九,\n")}));
  const auto report =
      import_changes(write_file("c.csv", std::string(kHeader) + "H1,P1,王小三,,新增\n"
                                                                "H1,P3,张三,,修改\n"
                                                                "H1,P2,李思,,U\n"
                                                                "H1,P9,周五,,D\n"
                                                                "H2,P4,,,删除\n"
                                                                "H2,P4,赵七,,新增\n"
                                                                "H2,P5,钱九,,变更\n"
                                                                "H2,,孙十,,变更\n"
                                                                "H2,,孙九,,注销\n"
                                                                "H3,P6,吴十,,换人\n"
                                                                "H3,P7,,,新增\n"),
                     "2017-12-20");
  ASSERT_TRUE(report) << report.error().describe();
  std::vector<std::pair<std::uint32_t, RejectReason>> rejects;
  for (const connectors::Reject& reject : report->rejects)
    rejects.emplace_back(reject.row, reject.reason);
  EXPECT_THAT(rejects,
              testing::UnorderedElementsAre(testing::Pair(2, RejectReason::kAlreadyThere),
                                            testing::Pair(3, RejectReason::kNotThere),
                                            testing::Pair(5, RejectReason::kNotThere),
                                            testing::Pair(8, RejectReason::kKeyUnclear),
                                            testing::Pair(9, RejectReason::kKeyUnclear),
                                            testing::Pair(11, RejectReason::kChangeUnknown),
                                            testing::Pair(12, RejectReason::kRequiredMissing)));
  EXPECT_THAT(names(*report),
              testing::UnorderedElementsAre("王小二", "李思", "赵七", "钱七", "钱八"));
  EXPECT_EQ(report->changes.added, 1U);
  EXPECT_EQ(report->changes.changed, 1U);
  EXPECT_EQ(report->changes.deleted, 2U);
  EXPECT_EQ(report->files[0].rows.rejected, 7U);
  EXPECT_EQ(report->files[0].rows.loaded, 4U);
  const store::RowCounts& rows = report->delivery.rows;
  EXPECT_EQ(rows.read, rows.loaded + rows.rejected + rows.skipped);
  EXPECT_EQ(rows.loaded, 5U);
  EXPECT_EQ(report->delivery.files, (std::vector<std::string>{"a.csv", "c.csv"}));
}

TEST_F(Changes, AColumnThatIsNotThereKeepsItsValue) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv",
                                            "户编号,人编号,姓名,证件号码,行政村\n"
                                            "H1,P1,王小二,,永丰村\n")}));
  const auto report = import_changes(
      write_file("c.csv", std::string(kHeader) + "H1,P1,王小三,,变更\n"), "2017-12-20");
  ASSERT_TRUE(report) << report.error().describe();
  const auto all = records(report->delivery.id);
  EXPECT_EQ(field(all[0], "poverty", "village"), "永丰村");
  EXPECT_EQ(field(all[0], "poverty", "name"), "王小三");
}

// The same list of changes is known again; a corrected one takes its place, made in what was there
// before it.
TEST_F(Changes, ACorrectionTakesTheirPlace) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv",
                                            "户编号,人编号,姓名,证件号码\n"
                                            "H1,P1,王小二,\nH1,P2,李四,\n")}));
  const auto first = write_file("c.csv", std::string(kHeader) + "H1,P1,,,删除\n");
  ASSERT_TRUE(import_changes(first, "2017-12-20"));
  const auto again = import_changes(first, "2017-12-20");
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_TRUE(again->already);
  const auto second = write_file("d.csv", std::string(kHeader) + "H1,P2,,,删除\n");
  EXPECT_EQ(import_changes(second, "2017-12-20").error().code, ErrorCode::kConflict);
  const auto corrected = import_changes(second, "2017-12-20", true);
  ASSERT_TRUE(corrected) << corrected.error().describe();
  EXPECT_THAT(names(*corrected), testing::ElementsAre("王小二"));
}

TEST_F(Changes, NeedAnEarlierDeliveryAndNoLaterOne) {
  const auto file = write_file("c.csv", std::string(kHeader) + "H1,P1,王小二,,新增\n");
  EXPECT_EQ(import_changes(file, "2017-12-20").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(import("poverty", {write_file("a.csv", "户编号,人编号,姓名,证件号码\nH1,P2,李四,\n")},
                     false, "2018-01-20"));
  EXPECT_EQ(import_changes(file, "2017-12-20").error().code, ErrorCode::kConflict);
  const auto everyone = write_file("e.csv", std::string(kHeader) + "H1,P2,,,删除\n");
  EXPECT_EQ(import_changes(everyone, "2018-02-20").error().code, ErrorCode::kBadInput);
  const auto whole = write_file("w.csv", "户编号,人编号,姓名,证件号码\nH1,P2,李四,\n");
  const auto without = import_changes(whole, "2018-02-20");
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().message_zh, testing::HasSubstr("没有说明每一行是新增"));
}

TEST_F(Changes, AMappingNamesTheColumnAndItsWords) {
  ASSERT_TRUE(import("poverty", {write_file("a.csv",
                                            "户编号,人编号,姓名,证件号码,贫困户属性\n"
                                            "H1,P1,王小二,,一般贫困户\n")}));
  const auto mapping = write_file("m.json", R"({"source": "poverty", "columns": [
    {"header": "户", "field": "household_no"}, {"header": "人", "field": "person_no"},
    {"header": "姓名", "field": "name"}, {"header": "证件号码", "field": "id_number"},
    {"header": "类", "field": "poverty_attribute", "codes": {"甲": "allowance"}},
    {"header": "标", "field": "change", "codes": {"9": "changed"}}]})");
  const auto file = write_file("c.csv", "户,人,姓名,证件号码,类,标\nH1,P1,王小三,,甲,9\n");
  const auto report = import_delivery(workspace_, {.instance = "poverty",
                                                   .as_of = "2017-12-20",
                                                   .files = {file},
                                                   .mapping = mapping,
                                                   .changes = true});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->changes.changed, 1U);
  const auto all = records(report->delivery.id);
  EXPECT_EQ(field(all[0], "poverty", "name"), "王小三");
  EXPECT_EQ(field(all[0], "poverty", "poverty_attribute"), "低保贫困户");
}

}  // namespace
}  // namespace bidui::workspace
