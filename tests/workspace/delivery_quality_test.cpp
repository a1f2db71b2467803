#include "workspace/delivery_quality.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/workspace/test_workspace.h"
#include "workspace/deliveries.h"
#include "workspace/row_changes.h"

namespace bidui::workspace {
namespace {

using connectors::report::QualityField;
using connectors::report::QualityFinding;

constexpr int kRows = 200;

// A row of the poverty registry; `number` makes an ID number whose check digit holds.
std::string id_number(int number) {
  const std::string first = fmt::format("34082619{:02}0101{:03}", 40 + number % 50, number);
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += (first[static_cast<std::size_t>(i)] - '0') * kWeights[i];
  return first + "10X98765432"[sum % 11];
}

struct Roll {
  std::string exit = "未脱贫";  // of every row
  int first = 0;
  int rows = kRows;
  std::string date = "2014-05-27";
  std::string more{};  // rows behind
  std::string header = "人编号,户编号,姓名,证件号码,脱贫属性,首次识别时间,乡镇\n";

  std::string text() const {
    std::string csv = header;
    for (int i = first; i < first + rows; ++i)
      csv += fmt::format("P{},H{},王小{},{},{},{},千岭乡\n", i, i / 3, i % 2 == 0 ? "二" : "三",
                         id_number(i), i % 2 == 0 ? exit : "未脱贫", date);
    return csv + more;
  }
};

class DeliveryQualityTest : public WorkspaceTest {
 protected:
  Result<ImportReport> import_roll(const Roll& roll, const std::string& as_of,
                                   bool strict = false) {
    ImportOptions options{.instance = "poverty", .as_of = as_of};
    options.files = {write_file("roll" + as_of + ".csv", roll.text())};
    options.strict = strict;
    return import_delivery(workspace_, options);
  }
  static std::vector<std::string> checks(const QualityReport& report, bool beyond) {
    std::vector<std::string> names;
    for (const QualityFinding& finding : report.findings) {
      if (finding.beyond == beyond)
        names.push_back(finding.check + (finding.field.empty() ? "" : ":" + finding.field));
    }
    return names;
  }
  static const QualityField& field(const QualityReport& report, const std::string& id) {
    return *std::ranges::find(report.fields, id, &QualityField::id);
  }
};

TEST_F(DeliveryQualityTest, CountsWhatADeliveryHolds) {
  const auto report =
      import_roll({.more = "P900,H900,,,,,\n"                       // rejected: no name
                           "P901,H901,王□,342826195307210563,,,\n"  // damaged, invalid
                           "P0,H902,李四," +
                           id_number(1) +
                           ",,2017-13-40,\n"     // key and number repeated
                           ",H903,张三,,,,\n"},  // no key, no number
                  "2017-11-20");
  ASSERT_TRUE(report) << report.error().describe();
  const QualityReport& quality = report->quality;
  EXPECT_FALSE(quality.held);
  EXPECT_EQ(quality.read, 204U);
  EXPECT_EQ(quality.loaded, 203U);
  ASSERT_EQ(quality.reject_reasons.size(), 1U);
  EXPECT_EQ(quality.reject_reasons[0].id, "required_missing");
  EXPECT_EQ(quality.ids_valid, 201U);
  EXPECT_EQ(quality.ids_invalid, 1U);
  EXPECT_EQ(quality.ids_missing, 1U);
  EXPECT_EQ(quality.numbers_repeated, 2U);
  EXPECT_EQ(quality.keys_repeated, 2U);
  EXPECT_EQ(quality.keys_missing, 1U);
  EXPECT_EQ(quality.names_damaged, 1U);
  EXPECT_EQ(field(quality, "id_number").filled, 202U);
  EXPECT_EQ(field(quality, "identified_on").filled, 201U);
  EXPECT_EQ(field(quality, "identified_on").unreadable, 1U);
  ASSERT_EQ(quality.places.size(), 1U);
  EXPECT_EQ(quality.places[0].name, "千岭乡");
  EXPECT_EQ(quality.places[0].rows, 200U);
  EXPECT_EQ(quality.unplaced, 3U);
  EXPECT_FALSE(quality.before);
}

TEST_F(DeliveryQualityTest, TellsAddedGoneAndChangedRowsAndWhatIsWrittenOtherwise) {
  ASSERT_TRUE(import_roll({}, "2017-10-20"));
  const auto report =
      import_roll({.exit = "已脱贫", .first = 10, .date = "2014.05.27"}, "2017-11-20");
  ASSERT_TRUE(report) << report.error().describe();
  const auto& before = report->quality.before;
  ASSERT_TRUE(before);
  EXPECT_EQ(before->rows, 200U);
  EXPECT_EQ(before->added, 10U);
  EXPECT_EQ(before->gone, 10U);
  EXPECT_EQ(before->changed, 95U);
  EXPECT_EQ(before->rewritten, 95U) << "the same day in another form is no change";
  EXPECT_EQ(field(report->quality, "exit_status").changed, 95U);
  EXPECT_EQ(field(report->quality, "identified_on").changed, 0U);
  EXPECT_EQ(field(report->quality, "identified_on").rewritten, 190U);
  EXPECT_THAT(checks(report->quality, true), testing::Contains("values_moved:exit_status"));
}

TEST_F(DeliveryQualityTest, FindsTheShiftsOfFields) {
  ASSERT_TRUE(import_roll({}, "2017-10-20"));
  const auto report =
      import_roll({.rows = 160,
                   .date = "",
                   .header = "人编号,户编号,姓名,证件号码,贫困户属性,首次识别时间,乡(镇)\n"},
                  "2017-11-20");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_THAT(checks(report->quality, true),
              testing::IsSupersetOf({"rows_gone", "filled:identified_on", "filled:exit_status"}));
  EXPECT_THAT(checks(report->quality, false), testing::IsSupersetOf({"column_new", "column_gone"}));
}

TEST_F(DeliveryQualityTest, StrictHoldsWhatIsBeyondALimitUntilAPersonSaysSo) {
  ASSERT_TRUE(import_roll({}, "2017-10-20"));
  const auto held = import_roll({.rows = 20}, "2017-11-20", true);
  ASSERT_TRUE(held) << held.error().describe();
  EXPECT_TRUE(held->quality.held);
  EXPECT_EQ(workspace_.store().deliveries().size(), 1U);
  EXPECT_EQ(list_deliveries(workspace_).size(), 2U);
  const std::string name = "poverty:340826:2017-11-20";
  ASSERT_TRUE(find_delivery(workspace_, name));
  // Imported again it takes the place of what is held.
  ASSERT_TRUE(import_roll({.rows = 30}, "2017-11-20", true));
  ASSERT_EQ(workspace_.store().held_deliveries().size(), 1U);
  ASSERT_TRUE(refuse_delivery(workspace_, name));
  EXPECT_EQ(refuse_delivery(workspace_, name).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(import_roll({.rows = 30}, "2017-11-20", true));
  const auto accepted = accept_delivery(workspace_, name);
  ASSERT_TRUE(accepted) << accepted.error().describe();
  EXPECT_EQ(workspace_.store().deliveries().size(), 2U);
  EXPECT_TRUE(workspace_.store().held_deliveries().empty());
  const auto good = import_roll({.rows = 31}, "2017-11-21", true);
  ASSERT_TRUE(good);
  EXPECT_FALSE(good->quality.held);
}

TEST_F(DeliveryQualityTest, TheProfileSetsTheLimits) {
  write_file("ws/profile.json",
             R"({"name":"某县","quality":{"refuse":true,"rows_gone":0.95,"rows_added":0.01}})");
  ASSERT_TRUE(import_roll({}, "2017-10-20"));
  const auto shrunk = import_roll({.rows = 20}, "2017-11-20");
  ASSERT_TRUE(shrunk) << shrunk.error().describe();
  EXPECT_FALSE(shrunk->quality.held);
  const auto grown = import_roll({.rows = 40}, "2017-12-20");
  ASSERT_TRUE(grown);
  EXPECT_TRUE(grown->quality.held);
  write_file("ws/profile.json", R"({"quality":{"rows_gon":0.95}})");
  const auto wrong = import_roll({}, "2018-01-20");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, testing::HasSubstr("rows_gone"));
  EXPECT_EQ(workspace_.store().deliveries().size(), 2U) << "nothing was imported";
}

TEST_F(DeliveryQualityTest, StatisticsAreTheSameReadBackOrCountedAgain) {
  const auto report = import_roll({}, "2017-11-20");
  ASSERT_TRUE(report);
  const auto delivery = workspace_.store().delivery(report->delivery.id);
  const schema::Schema& schema = **workspace_.schema_of("poverty");
  const auto kept = delivery_statistics(workspace_.store(), schema, *delivery);
  const auto counted = measure_delivery(workspace_.store(), schema, *delivery);
  ASSERT_TRUE(kept && counted);
  EXPECT_EQ(statistics_json(*kept), statistics_json(*counted));
  EXPECT_EQ(delivery->details.find("王小"), std::string::npos);
  EXPECT_EQ(delivery->details.find("34082619"), std::string::npos) << "no one's own values";
}

// A file of another county: by its numbers, where nothing else tells.
TEST_F(DeliveryQualityTest, AFileOfAnotherCountyIsTold) {
  const auto told = [&](const std::string& coverage) {
    const auto report =
        import_delivery(workspace_, {.instance = "poverty",
                                     .as_of = "2017-11-20",
                                     .coverage = coverage,
                                     .files = {write_file("roll.csv", Roll{}.text())}});
    EXPECT_TRUE(report) << report.error().describe();
    return report && std::ranges::find(report->quality.findings, "other_county",
                                       &QualityFinding::check) != report->quality.findings.end();
  };
  EXPECT_FALSE(told("340826"));
  EXPECT_FALSE(told("34"));
  EXPECT_TRUE(told("500235"));
}

}  // namespace
}  // namespace bidui::workspace
