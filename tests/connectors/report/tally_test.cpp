#include "connectors/report/tally.h"

#include <gtest/gtest.h>

#include "sample_report.h"

namespace bidui::connectors::report {
namespace {

TEST(Tally, CountsCurrentFlagsWithoutThoseGone) {
  const ReportData data = small_report();
  const Tally counts = tally(data);
  EXPECT_EQ(counts.current, 5U);
  EXPECT_EQ(counts.by_severity[0], 2U);
  EXPECT_EQ(counts.by_rule[0].current, 2U);
  EXPECT_EQ(counts.by_rule[0].flags.size(), 3U);
  EXPECT_EQ(counts.by_status[static_cast<std::size_t>(FlagStatus::kGone)], 1U);
  EXPECT_EQ(counts.rules_evaluated, 3U);
  EXPECT_EQ(counts.households, 1U);
}

TEST(Tally, OrdersPlacesByDivisionAndUnknownLast) {
  const ReportData data = small_report();
  const Tally counts = tally(data);
  ASSERT_EQ(counts.towns.size(), 3U);
  EXPECT_EQ(counts.towns[0].name, "甲镇");
  EXPECT_EQ(counts.towns[0].households, 100U);
  EXPECT_EQ(counts.towns[0].total, 3U);
  EXPECT_EQ(counts.towns[1].name, "乙镇");
  EXPECT_EQ(counts.towns[2].name, "");
  EXPECT_EQ(counts.by_rule[1].flags.back()->flag_id, "F4");
  EXPECT_EQ(counts.villages.front().village, "山村");
}

TEST(Tally, AddsHouseholdsOfATownshipThatComesWithAndWithoutItsCode) {
  ReportData data = small_report();
  data.townships.push_back({.division = "", .name = "甲镇", .households = 3});
  EXPECT_EQ(tally(data).towns[0].households, 103U);
}

TEST(Tally, KeepsFlagsOfUndeclaredRules) {
  ReportData data = small_report();
  data.flags.push_back(data.flags.front());
  data.flags.back().rule = "UNKNOWN";
  const Tally counts = tally(data);
  ASSERT_EQ(counts.rules.size(), 5U);
  EXPECT_EQ(counts.by_rule[4].current, 1U);
}

TEST(Tally, SumsAgreeOnALargeReport) {
  const ReportData data = county_report(3000, 5);
  const Tally counts = tally(data);
  std::uint64_t towns = 0;
  std::uint64_t rules = 0;
  std::uint64_t villages = 0;
  for (const TownshipTally& town : counts.towns) towns += town.total;
  for (const RuleTally& rule : counts.by_rule) rules += rule.current;
  for (const VillageTally& village : counts.villages) villages += village.total;
  EXPECT_EQ(towns, counts.current);
  EXPECT_EQ(rules, counts.current);
  EXPECT_EQ(villages, counts.current);
}

TEST(Tally, EmptyReportHasNoCounts) {
  const ReportData data;
  const Tally counts = tally(data);
  EXPECT_EQ(counts.current, 0U);
  EXPECT_TRUE(counts.towns.empty());
  EXPECT_EQ(link_rate({}), 0.0);
}

}  // namespace
}  // namespace bidui::connectors::report
