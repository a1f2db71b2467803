// What `reconcile`, `history`, `sample` and `indicators` print of a small county: goldens that a
// person reviewed.
#include <gtest/gtest.h>

#include "cli/console.h"
#include "cli/history_text.h"
#include "cli/reconcile_text.h"
#include "cli/sample_text.h"
#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/lookup.h"
#include "workspace/visit_sheet.h"

namespace bidui::cli {
namespace {

using workspace::small_person;

std::string house(int household, const std::string& file_no, const std::string& kind,
                  const std::string& year) {
  const workspace::SmallPerson head = small_person(household, 0);
  return file_no + ",下仓镇,长湖村," + head.name + "," + head.id + "," + kind + "," + year +
         ",下仓镇长湖村,80\n";
}

constexpr std::string_view kHouseHeader =
    "档案编号,乡镇,行政村,农户姓名,身份证号码,农户贫困类型,列入计划年度,房屋坐落,建筑面积\n";

class ListCommand : public testing::Test {
 protected:
  // The program reads its language once: these are Chinese wherever they run.
  static void expect_text(const std::string& name, const std::string& text) {
    ASSERT_TRUE(chinese()) << "run with BIDUI_LANG=zh";
    expect_golden_file("tests/cases/lists/" + name + ".txt", text);
  }

  store::TemporaryDirectory directory_;
  workspace::SmallWorld world_{directory_.path()};
};

TEST_F(ListCommand, Reconcile) {
  std::string county(kHouseHeader);
  std::string national(kHouseHeader);
  for (int h = 0; h < 8; ++h) county += house(h, "A" + std::to_string(h), "建档立卡贫困户", "2016");
  for (int h = 2; h < 8; ++h)
    national += house(h, "B" + std::to_string(h), h == 3 ? "低保户" : "建档立卡贫困户",
                      h == 4 ? "2015" : "2016");
  county += house(5, "A5b", "建档立卡贫困户", "2016");
  world_.import_again("housing@county", "2017-11-10", county);
  world_.import_again("housing@national", "2017-11-15", national);
  world_.compare();
  const auto result =
      workspace::reconcile(world_.workspace(), {.left = {.instance = "housing@county"},
                                                .right = {.instance = "housing@national"},
                                                .by = "village"});
  ASSERT_TRUE(result) << result.error().describe();
  expect_text("reconcile", reconcile_text(*result, 0));
  EXPECT_EQ(reconcile_json(*result, 0).find(small_person(0, 0).name), std::string::npos);
}

TEST_F(ListCommand, History) {
  std::string csv = "户编号,人编号,姓名,证件号码,出生日期,与户主关系,乡(镇),行政村,脱贫属性\n";
  for (int p = 0; p < 2; ++p) {
    const workspace::SmallPerson person = small_person(3, p == 0 ? 0 : 2);
    csv += (p == 0 ? "H00003" : "H00003-2") + ("," + workspace::poverty_key(3, p == 0 ? 0 : 2)) +
           "," + person.name + "," + person.id + "," + person.birth +
           ",之子,下仓镇,铜铃村,已脱贫\n";
  }
  world_.compare();
  world_.import_again("poverty", "2018-06-10", csv);
  world_.compare();
  const auto found = workspace::lookup(world_.workspace(), {.household = "poverty:H00003"});
  ASSERT_TRUE(found && found->household);
  const auto history = workspace::household_history(world_.workspace(), *found->household);
  ASSERT_TRUE(history) << history.error().describe();
  expect_text("history", history_text(*history));
  const auto changes = workspace::source_changes(world_.workspace(), {.instance = "poverty"});
  ASSERT_TRUE(changes) << changes.error().describe();
  expect_text("changes", changes_text(*changes, 5));
}

TEST_F(ListCommand, Sample) {
  world_.compare();
  auto sample = workspace::draw_visits(world_.workspace(), {.size = 12});
  ASSERT_TRUE(sample) << sample.error().describe();
  expect_text("draw", visits_text(*sample));
  workspace::VisitResults results;
  for (std::size_t h = 0; h < 11; ++h)
    results[h] = {.outcome = h == 8   ? workspace::VisitOutcome::kMissed
                             : h == 9 ? workspace::VisitOutcome::kCannotTell
                                      : workspace::VisitOutcome::kCorrect};
  const workspace::SampleReport report = workspace::estimate_indicators(*sample, results);
  expect_text("sample_report", visit_report_text(report));
  const auto flags = workspace::indicators_of_flags(world_.workspace());
  ASSERT_TRUE(flags) << flags.error().describe();
  expect_text("indicators", flag_indicators_text(*flags));
}

}  // namespace
}  // namespace bidui::cli
