// A review of a small county: drawn, judged, exported and imported, reported, refitted.
#include <fstream>
#include <gmock/gmock.h>
#include <set>
#include <sstream>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/ethnicity.h"
#include "workspace/reveal_log.h"
#include "workspace/review_estimate.h"
#include "workspace/review_preview.h"
#include "workspace/review_refit.h"
#include "workspace/review_sheet.h"
#include "workspace/review_view.h"

namespace bidui::workspace {
namespace {

using testing::HasSubstr;
using testing::Not;

class ReviewTest : public testing::Test {
 protected:
  ReviewTest() : world_(directory_.path()) { world_.compare(); }

  ReviewSample draw(std::uint64_t seed = 1, std::uint64_t size = 60) {
    auto sample = draw_sample(world_.workspace(), {.size = size, .seed = seed});
    EXPECT_TRUE(sample) << sample.error().describe();
    return std::move(*sample);
  }
  // Same: the same household and place in it.
  static Answer truth_of(const ReviewPair& pair) {
    const auto who = [](const std::string& name) { return name.substr(name.find(':') + 2); };
    return who(pair.left) == who(pair.right) ? Answer::kSame : Answer::kDifferent;
  }
  void judge(const ReviewSample& sample, const std::string& person) {
    ReviewerAnswers answers{.person = person};
    for (std::size_t i = 0; i < sample.pairs.size(); ++i)
      answers.answers[i] = truth_of(sample.pairs[i]);
    ASSERT_TRUE(save_answers(world_.workspace().store(), sample, answers));
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(ReviewTest, DrawsTheSamePairsForTheSameSeed) {
  const ReviewSample one = draw(1);
  const ReviewSample again = draw(1);
  const ReviewSample other = draw(2);
  EXPECT_EQ(one.id, "S0001");
  EXPECT_EQ(other.id, "S0003");
  ASSERT_EQ(one.pairs.size(), again.pairs.size());
  bool differs = one.pairs.size() != other.pairs.size();
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    EXPECT_EQ(one.pairs[i].left, again.pairs[i].left);
    EXPECT_EQ(one.pairs[i].right, again.pairs[i].right);
    EXPECT_TRUE(seen.emplace(one.pairs[i].left, one.pairs[i].right).second);
    differs = differs || one.pairs[i].left != other.pairs[i].left;
  }
  EXPECT_TRUE(differs);
}

TEST_F(ReviewTest, KeepsWhatItDrewAndWasAnswered) {
  const ReviewSample drawn = draw();
  const auto read = load_sample(world_.workspace().store(), "");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pairs.size(), drawn.pairs.size());
  EXPECT_EQ(read->strata.size(), drawn.strata.size());
  ReviewerAnswers answers{.person = "王"};
  answers.answers = {{0, Answer::kSame}, {3, Answer::kCannotTell}};
  ASSERT_TRUE(save_answers(world_.workspace().store(), drawn, answers));
  const auto kept = load_answers(world_.workspace().store(), drawn, "王");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->answers, answers.answers);
  EXPECT_FALSE(save_answers(world_.workspace().store(), drawn, {.person = "a/b"}));
  EXPECT_EQ(load_sample(world_.workspace().store(), "S0009").error().code, ErrorCode::kNotFound);
}

TEST_F(ReviewTest, ShowsPairsMaskedAndWithoutScore) {
  const ReviewSample sample = draw();
  auto reader = RecordReader::open(world_.workspace());
  ASSERT_TRUE(reader);
  for (const ReviewPair& pair : sample.pairs) {
    const auto view = view_pair(*reader, pair);
    ASSERT_TRUE(view) << view.error().describe();
    EXPECT_FALSE(view->lines.empty());
    for (const ReviewLine& line : view->lines) {
      for (int h = 0; h < 60; ++h) {
        EXPECT_THAT(line.left, Not(HasSubstr(small_person(h, 0).id)));
        EXPECT_THAT(line.right, Not(HasSubstr(small_person(h, 0).id)));
        EXPECT_THAT(line.left, Not(HasSubstr(small_person(h, 0).name)));
      }
    }
  }
}

TEST_F(ReviewTest, EstimatesFromTheAnswers) {
  const ReviewSample sample = draw(1, 1'000'000);  // all pairs: no uncertainty is left
  judge(sample, "王");
  const auto report = report_review(world_.workspace().store(), "");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->usable, sample.pairs.size());
  double wrong = 0;
  for (const ReviewPair& pair : sample.pairs)
    wrong += pair.linked && truth_of(pair) == Answer::kDifferent ? 1 : 0;
  const link::ErrorRates& all = report->groups.front().rates;
  EXPECT_DOUBLE_EQ(all.false_links.value, wrong);
  EXPECT_DOUBLE_EQ(all.false_links.interval.low, wrong);
  EXPECT_DOUBLE_EQ(all.false_links.interval.high, wrong);
  for (const EstimatedGroup& group : report->groups) EXPECT_FALSE(is_within_source(group.name));
}

TEST_F(ReviewTest, ReviewersAgreeOrDispute) {
  const ReviewSample sample = draw();
  judge(sample, "王");
  judge(sample, "李");
  ReviewerAnswers third{.person = "赵"};
  third.answers[0] =
      truth_of(sample.pairs[0]) == Answer::kSame ? Answer::kDifferent : Answer::kSame;
  third.answers[1] = Answer::kCannotTell;
  ASSERT_TRUE(save_answers(world_.workspace().store(), sample, third));
  const auto report = report_review(world_.workspace().store(), sample.id);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->agreement.size(), 3U);
  EXPECT_EQ(report->disputed, std::vector<std::size_t>{0});
  EXPECT_EQ(report->usable, sample.pairs.size() - 1);
}

TEST_F(ReviewTest, SheetsComeBack) {
  const ReviewSample sample = draw();
  const std::filesystem::path file = directory_.path() / "复核.csv";
  const auto pairs = export_review(world_.workspace(), sample, file);
  ASSERT_TRUE(pairs) << pairs.error().describe();
  EXPECT_EQ(*pairs, sample.pairs.size());
  std::ofstream(directory_.path() / "filled.csv")
      << "样本,序号,判断,备注\nS0001,1,同一人,\nS0001,2,different,\nS0001,3,,\n";
  const auto imported =
      import_review(world_.workspace(), sample, "王", directory_.path() / "filled.csv");
  ASSERT_TRUE(imported) << imported.error().describe();
  EXPECT_EQ(imported->answers, 2U);
  EXPECT_EQ(imported->blank, 1U);
  std::ofstream(directory_.path() / "bad.csv")
      << "样本,序号,判断,备注\nS0001,1,也许,\nS0001,2,same,\n";
  const auto refused =
      import_review(world_.workspace(), sample, "王", directory_.path() / "bad.csv");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kBadInput);
  EXPECT_THAT(refused.error().place, HasSubstr("bad.csv:2"));
}

TEST_F(ReviewTest, AnotherSamplesSheetIsRefused) {
  const ReviewSample first = draw(1);
  const ReviewSample second = draw(2);
  ASSERT_NE(first.id, second.id);
  const std::filesystem::path file = directory_.path() / "other.csv";
  std::ofstream(file) << "样本,序号,判断\n" << first.id << ",1,同一人\n";
  const auto refused = import_review(world_.workspace(), second, "王", file);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message_zh, HasSubstr(first.id));
  EXPECT_TRUE(load_answers(world_.workspace().store(), second, "王")->answers.empty());
  EXPECT_TRUE(import_review(world_.workspace(), first, "王", file));
}

// In full a sheet has names and numbers, and no word of ours on how they agree.
TEST_F(ReviewTest, ARevealedSheetIsInFullAndLogged) {
  const ReviewSample sample = draw();
  const std::filesystem::path file = directory_.path() / "full.csv";
  ASSERT_TRUE(export_review(world_.workspace(), sample, file, Values::kFull));
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_THAT(text.str(), Not(HasSubstr("比较")));
  EXPECT_THAT(text.str(), Not(HasSubstr("**")));
  const Reveal reveal{.at = "2026-11-30T10:00:00Z",
                      .by = "王",
                      .reason = "复核",
                      .what = "review " + sample.id,
                      .records = 2 * sample.pairs.size()};
  ASSERT_TRUE(log_reveal(world_.workspace().store(), reveal));
  ASSERT_TRUE(log_reveal(world_.workspace().store(), reveal));
  const auto log = load_reveals(world_.workspace().store());
  ASSERT_TRUE(log);
  ASSERT_EQ(log->size(), 2U);
  EXPECT_EQ(log->back().reason, "复核");
  EXPECT_EQ(log->back().records, reveal.records);
}

TEST_F(ReviewTest, RefitsOnlyWithEnoughAnswersAndForgets) {
  const ReviewSample sample = draw(1, 1'000'000);
  const store::Store& store = world_.workspace().store();
  EXPECT_EQ(refit(store, "").error().code, ErrorCode::kBadInput);
  judge(sample, "王");
  const auto kept = refit(store, "");
  ASSERT_TRUE(kept) << kept.error().describe();
  EXPECT_FALSE(load_calibration(store)->has_value()) << "fitted, not yet kept";
  ASSERT_TRUE(keep_calibration(world_.workspace(), *kept));
  EXPECT_EQ(kept->sample, sample.id);
  const auto loaded = load_calibration(world_.workspace().store());
  ASSERT_TRUE(loaded && loaded->has_value());
  EXPECT_EQ((*loaded)->line.shift, kept->line.shift);
  world_.compare();  // calibrated
  const ReviewSample after = draw();
  judge(after, "王");
  EXPECT_EQ(refit(store, after.id).error().code, ErrorCode::kConflict);
  ASSERT_TRUE(forget_calibration(world_.workspace()));
  EXPECT_FALSE(load_calibration(world_.workspace().store())->has_value());
}

TEST_F(ReviewTest, PreviewsWhatACalibrationChanges) {
  KeptCalibration calibration{.run = "R0001"};
  const auto totals = [&](double shift) {
    calibration.line.shift = shift;
    const auto changes = preview_calibration(world_.workspace().store(), calibration);
    EXPECT_TRUE(changes) << changes.error().describe();
    ChangedPairs sum;
    for (const ChangedPairs& c : *changes) {
      EXPECT_LE(c.links_lost, c.links) << c.name;
      sum.links += c.links;
      sum.links_lost += c.links_lost;
      sum.links_gained += c.links_gained;
      sum.possible += c.possible;
      sum.possible_after += c.possible_after;
    }
    return sum;
  };
  const ChangedPairs none = totals(0);
  EXPECT_GT(none.links, 0U);
  EXPECT_EQ(none.links_lost + none.links_gained, 0U);
  EXPECT_EQ(none.possible_after, none.possible);
  const ChangedPairs doubtful = totals(-1000);
  EXPECT_EQ(doubtful.links, none.links);
  EXPECT_GT(doubtful.links_lost, none.links / 2) << "but implied ones";
  EXPECT_EQ(doubtful.links_gained, 0U);
}

TEST_F(ReviewTest, NothingIsNoSample) {
  const auto none = draw_sample(world_.workspace(), {.size = 0});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(none.error().message_zh, HasSubstr("--size"));
}

TEST_F(ReviewTest, SmallSamplesReachEveryStratumTheyCan) {
  const ReviewSample all = draw(1, 1'000'000);
  const ReviewSample few = draw(1, 2 * all.strata.size());
  for (const ReviewStratum& stratum : few.strata) EXPECT_GE(stratum.drawn, 1U);
}

// A pair of sources knows its own answers.
TEST_F(ReviewTest, CountsTheAnswersOfEachPairOfSources) {
  const ReviewSample sample = draw(1, 1'000'000);
  judge(sample, "王");
  const auto report = report_review(world_.workspace().store(), "");
  ASSERT_TRUE(report) << report.error().describe();
  for (const link::ReviewedStratum& stratum : report->strata) {
    ASSERT_EQ(stratum.answers.size(), stratum.cells.size());
    std::uint64_t trials = 0;
    for (const link::CellAnswers& answers : stratum.answers) trials += answers.trials;
    EXPECT_EQ(trials, stratum.trials);
  }
  for (const EstimatedGroup& group : report->groups) {
    if (group.name.dimension != Dimension::kSources) continue;
    EXPECT_NEAR(group.rates.false_links.interval.high, group.rates.false_links.interval.low, 1e-6)
        << group.name.name << ": all was seen";
  }
}

TEST(Ethnicity, KnowsNamesCodesAndLetters) {
  EXPECT_EQ(majority_ethnicity(), "汉族");
  for (const std::string_view text : {"汉族", "汉", "01", "1", "HA"})
    EXPECT_EQ(ethnicity_name(text), "汉族") << text;
  EXPECT_EQ(ethnicity_name("土家族"), "土家族");
  EXPECT_EQ(ethnicity_name("火星族"), "");
  EXPECT_EQ(ethnicity_name(""), "");
}

}  // namespace
}  // namespace bidui::workspace
