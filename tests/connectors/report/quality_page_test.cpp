#include "connectors/report/quality_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"

namespace bidui::connectors::report {
namespace {

using testing::HasSubstr;
using testing::Not;

QualityReport sample() {
  QualityReport report{.name = "poverty:340826:2017-11-20",
                       .instance = "poverty",
                       .coverage = "340826",
                       .coverage_name = "宿松县",
                       .as_of = "2017-11-20",
                       .title = {"建档立卡贫困人口", "Poverty registry"},
                       .held = true,
                       .files = {"名单<1>.csv"},
                       .mapping = "某乡.json",
                       .read = 1010,
                       .loaded = 1000,
                       .rejected = 4,
                       .skipped = 6};
  report.reject_reasons = {{"required_missing", {"缺少必填项", "required missing"}, 4}};
  report.skip_reasons = {{"subtotal", {"合计", "subtotal"}, 6}};
  report.ids_valid = 950;
  report.ids_invalid = 40;
  report.ids_missing = 10;
  report.numbers_repeated = 2;
  report.names = 1000;
  report.names_damaged = 3;
  report.villages = 11;
  report.places = {{340826203, "千岭乡", 1000, 900}, {340826204, "洲头乡", 0, 80}};
  report.before = QualityBefore{.name = "poverty:340826:2017-10-20",
                                .as_of = "2017-10-20",
                                .rows = 980,
                                .added = 40,
                                .gone = 20,
                                .changed = 100,
                                .rewritten = 5};
  report.fields = {{.id = "name",
                    .title = "姓名",
                    .required = true,
                    .filled = 1000,
                    .filled_before = 1.0,
                    .unreadable_before = 0.0},
                   {.id = "exit_status",
                    .title = "脱贫属性",
                    .filled = 800,
                    .unreadable = 100,
                    .filled_before = .5,
                    .unreadable_before = .01,
                    .index = .31,
                    .moved = "exited",
                    .chance = .02,
                    .changed = 100,
                    .rewritten = 5,
                    .told = true,
                    .classes = {{"exited", {"已脱贫", "exited"}, .75, .25},
                                {"poor", {"未脱贫", "poor"}, .25, .75}},
                    .classes_left_out = 1},
                   {.id = "remark", .title = "备注"}};
  report.findings = {{"values_moved", "exit_status", true, {"“脱贫属性”的构成变化很大", "moved"}},
                     {"column_new", "", false, {"列“甲”是新的", "column \"甲\" is new"}}};
  return report;
}

// Without the parts that come from assets/ as they are.
std::string without_assets(std::string page) {
  for (const auto& [open, close] :
       {std::pair("<style>", "</style>"), std::pair("style-src", ";")}) {
    const std::size_t from = page.find(open) + std::string_view(open).size();
    page.replace(from, page.find(close, from) - from, "…");
  }
  return page;
}

TEST(QualityPage, IsAsReviewed) {
  expect_golden("quality.html", without_assets(quality_page(sample(), Locale::kChinese)));
}

TEST(QualityPage, NeedsNothingElseAndEscapesWhatItShows) {
  const std::string page = quality_page(sample(), Locale::kEnglish);
  EXPECT_THAT(page, Not(HasSubstr("http:")));
  EXPECT_THAT(page, Not(HasSubstr("<1>")));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  EXPECT_THAT(page, Not(HasSubstr("style=\"")));
  EXPECT_THAT(page, HasSubstr("held: does not count yet"));
}

TEST(QualityPage, SaysSoWhereNothingIsAmiss) {
  const std::string page = quality_page({}, Locale::kChinese);
  EXPECT_THAT(page, HasSubstr("各项都在界限之内"));
  EXPECT_THAT(page, HasSubstr("没有一行认得出乡镇"));
  EXPECT_THAT(page, Not(HasSubstr("与上一批相比")));
}

}  // namespace
}  // namespace bidui::connectors::report
