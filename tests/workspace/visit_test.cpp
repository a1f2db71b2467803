#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/filled_table.h"
#include "workspace/indicators.h"
#include "workspace/visit_sample.h"
#include "workspace/visit_sheet.h"

namespace bidui::workspace {
namespace {

class Visits : public testing::Test {
 protected:
  Visits() { world_.compare(); }

  VisitSample draw(std::uint64_t size, std::uint64_t seed = 1) {
    auto sample = draw_visits(world_.workspace(), {.size = size, .seed = seed, .by = "甲"});
    EXPECT_TRUE(sample) << sample.error().describe();
    return sample ? std::move(*sample) : VisitSample{};
  }

  static std::set<std::string> households(const VisitSample& sample) {
    std::set<std::string> households;
    for (const VisitedHousehold& h : sample.households) households.insert(h.household);
    return households;
  }

  // A sheet with results for the first households, all else blank.
  std::filesystem::path sheet(const VisitSample& sample, const std::vector<std::string>& results) {
    const std::filesystem::path file = directory_.path() / "back.csv";
    std::ofstream out(file);
    out << "样本,序号,核查结果,核查日期,核查人,备注\n";
    for (std::size_t i = 0; i < sample.households.size(); ++i)
      out << sample.id << ',' << i + 1 << ',' << (i < results.size() ? results[i] : "")
          << ",2017-12-20,乙,\n";
    return file;
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

TEST_F(Visits, TheFrameHasEachHouseholdOnce) {
  const auto frame = visit_frame(world_.workspace(), "");
  ASSERT_TRUE(frame) << frame.error().describe();
  EXPECT_EQ(frame->count(VisitStatus::kRegistered), 30U);
  EXPECT_EQ(frame->count(VisitStatus::kExited), 0U);
  EXPECT_EQ(frame->count(VisitStatus::kUnregistered), 30U) << "60 in the civil registry, 30 poor";
  EXPECT_EQ(frame->rural_persons, 179U) << "180, one of them dead";
}

TEST_F(Visits, ADrawingIsStratifiedAndCanBeRepeated) {
  const VisitSample first = draw(20, 7);
  EXPECT_EQ(first.id, "V0001");
  ASSERT_EQ(first.strata.size(), 2U);
  EXPECT_EQ(first.strata[0].drawn, 10U);
  EXPECT_EQ(first.strata[1].drawn, 10U);
  EXPECT_EQ(first.households.size(), 20U);
  EXPECT_EQ(households(draw(20, 7)), households(first));
  EXPECT_NE(households(draw(20, 8)), households(first));
  // More of the same seed: those drawn before stay.
  const std::set<std::string> more = households(draw(40, 7));
  const std::set<std::string> few = households(first);
  EXPECT_TRUE(std::ranges::includes(more, few));
  const auto kept = load_visits(world_.workspace().store(), "V0001");
  ASSERT_TRUE(kept);
  EXPECT_EQ(households(*kept), households(first));
}

TEST_F(Visits, DrawingAndReadingStandInTheJournal) {
  const VisitSample sample = draw(6);
  ASSERT_TRUE(read_visits(world_.workspace(), sample, sheet(sample, {"准确"}), "乙", ""));
  std::size_t entries = 0;
  ASSERT_TRUE(world_.workspace().store().scan_journal_of(
      "visits/" + sample.id,
      [&](std::uint64_t, std::string_view, std::string_view) { ++entries; }));
  EXPECT_EQ(entries, 2U);
  const auto check = world_.workspace().store().verify_journal();
  ASSERT_TRUE(check);
  EXPECT_EQ(check->fault, store::JournalCheck::Fault::kNone);
}

TEST_F(Visits, TheSheetMasksNamesAndComesBack) {
  const VisitSample sample = draw(10);
  const std::filesystem::path file = directory_.path() / "visits.csv";
  const auto rows = export_visits(world_.workspace(), sample, file);
  ASSERT_TRUE(rows) << rows.error().describe();
  EXPECT_EQ(*rows, 10U);
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  for (int h = 0; h < 60; ++h)
    EXPECT_EQ(text.str().find(small_person(h, 0).name), std::string::npos);
  const auto read = read_visits(world_.workspace(), sample, file, "乙", "");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(read->results, 0U);
  EXPECT_EQ(read->blank, 10U);
  const std::filesystem::path book = directory_.path() / "visits.xlsx";
  ASSERT_TRUE(export_visits(world_.workspace(), sample, book, Values::kFull));
  const auto blank = read_visits(world_.workspace(), sample, book, "乙", "");
  ASSERT_TRUE(blank) << blank.error().describe();
  EXPECT_EQ(blank->blank, 10U);
  ASSERT_NE(draw(4).id, sample.id);
  for (const auto& sheet : {file, book}) EXPECT_EQ(*sample_of_sheet(sheet), sample.id);
}

TEST_F(Visits, AnEnglishSheetComesBackFilledInInEnglish) {
  const VisitSample sample = draw(10);  // the first five are registered
  for (const char* const name : {"visits.csv", "visits.xlsx"}) {
    const std::filesystem::path file = directory_.path() / name;
    ASSERT_TRUE(export_visits(world_.workspace(), sample, file, Values::kMasked,
                              connectors::report::Locale::kEnglish));
    const auto blank = read_visits(world_.workspace(), sample, file, "B", "");
    ASSERT_TRUE(blank) << blank.error().describe();
    EXPECT_EQ(blank->blank, 10U);
  }
  std::stringstream text;
  text << std::ifstream(directory_.path() / "visits.csv").rdbuf();
  EXPECT_NE(text.str().find("sample,number,status,township"), std::string::npos);
  EXPECT_EQ(text.str().find("户主"), std::string::npos);
  const std::filesystem::path filled = directory_.path() / "filled.csv";
  std::ofstream(filled) << "sample,number,result\n" << sample.id << ",1,wrongly included\n";
  const auto read = read_visits(world_.workspace(), sample, filled, "B", "");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(read->results, 1U);
}

TEST_F(Visits, RefusesWhatAStatusCannotHaveAndKeepsNothing) {
  const VisitSample sample = draw(10);  // the first five are registered
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"准确", "漏评"}, std::vector<std::string>{"错退"},
        std::vector<std::string>{"大概"}}) {
    const auto read = read_visits(world_.workspace(), sample, sheet(sample, wrong), "乙", "");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::kBadInput);
  }
  const auto kept = load_visit_results(world_.workspace().store(), sample);
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->empty());
}

const IndicatorEstimate* find(const SampleReport& report, Indicator indicator) {
  const auto at = std::ranges::find(report.indicators, indicator, &IndicatorEstimate::indicator);
  return at == report.indicators.end() ? nullptr : &*at;
}

TEST_F(Visits, GiveTheIndicators) {
  const VisitSample sample = draw(20);
  std::vector<std::string> results(10, "准确");
  results[3] = "错评";
  for (int i = 0; i < 10; ++i) results.push_back(i < 2 ? "漏评" : i == 2 ? "无法核实" : "准确");
  const auto read = read_visits(world_.workspace(), sample, sheet(sample, results), "乙", "");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(read->results, 20U);
  const auto again = read_visits(world_.workspace(), sample, sheet(sample, results), "乙", "");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->changed, 0U);
  const auto report = report_visits(world_.workspace().store(), "");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->cannot_tell, 1U);
  const IndicatorEstimate* const missed = find(*report, Indicator::kMissedRate);
  ASSERT_NE(missed, nullptr);
  EXPECT_NEAR(missed->households.value, 2. / 9, 1e-9) << "who could not be told is left out";
  EXPECT_LT(missed->households.interval.low, 2. / 9);
  EXPECT_GT(missed->households.interval.high, 2. / 9);
  EXPECT_NEAR(find(*report, Indicator::kWronglyIncluded)->households.value, .1, 1e-9);
  EXPECT_NEAR(find(*report, Indicator::kAccuracy)->households.value, 1 - (.5 * .1 + .5 * 2 / 9),
              1e-9);
  const IndicatorEstimate* const incidence = find(*report, Indicator::kPovertyIncidence);
  // 89 registered persons and 2/9 of the 90 others, of 179.
  EXPECT_NEAR(incidence->persons.value, (89 + 20.) / 179, .01);
  for (const IndicatorEstimate& e : report->indicators) {
    EXPECT_LE(e.persons.interval.low, e.persons.value);
    EXPECT_GE(e.persons.interval.high, e.persons.value);
  }
}

TEST_F(Visits, FlagsFoundTrueAreAFloor) {
  const auto flags = indicators_of_flags(world_.workspace());
  ASSERT_TRUE(flags) << flags.error().describe();
  ASSERT_EQ(flags->indicators.size(), 3U);
  for (const FlaggedIndicator& i : flags->indicators) {
    EXPECT_EQ(i.found_true, 0U);
    EXPECT_LE(i.floor(), i.ceiling());
  }
}

}  // namespace
}  // namespace bidui::workspace
