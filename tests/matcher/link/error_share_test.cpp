#include "matcher/link/error_share.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <random>

namespace bidui::link {
namespace {

constexpr std::uint8_t kBand = 1;

// Of a band of non-links the cell of one relation.
ErrorTally tally_of(std::uint16_t relation, std::uint64_t pairs, double expected) {
  ErrorTally tally;
  tally.cells[{relation, kBand}] = {.pairs = pairs, .expected_errors = expected};
  return tally;
}

TEST(GroupErrors, OfAStratumOfItsOwnTheAnswersAloneSpeak) {
  const ErrorTally group = tally_of(0, 200, 1);
  const std::vector<ReviewedStratum> strata = {
      {.cells = {{0, kBand}}, .trials = 50, .errors = 10, .answers = {{50, 10}}}};
  const model::Estimate errors = group_errors(group, group, strata, 1);
  const model::Estimate total =
      model::estimate_total(std::vector<model::SampledStratum>{{200, 50, 10, .005, 1}});
  EXPECT_DOUBLE_EQ(errors.value, 40);
  EXPECT_DOUBLE_EQ(errors.interval.low, total.interval.low);
  EXPECT_DOUBLE_EQ(errors.interval.high, total.interval.high);
}

TEST(GroupErrors, HasWhatWasSeenInItsOwnCells) {
  const ErrorTally sure = tally_of(0, 20, .01);
  ErrorTally all = sure;
  all.merge(tally_of(1, 980, 50));
  ReviewedStratum stratum{.cells = {{0, kBand}, {1, kBand}},
                          .trials = 200,
                          .errors = 14,
                          .answers = {{10, 6}, {190, 8}}};
  const model::Estimate seen = group_errors(sure, all, std::vector{stratum}, 1);
  EXPECT_GE(seen.interval.low, 6);
  EXPECT_LE(seen.interval.high, 16) << "four of its pairs were seen to be none";
  stratum.answers.clear();
  const model::Estimate shared = group_errors(sure, all, std::vector{stratum}, 1);
  EXPECT_LT(shared.value, 1);
  EXPECT_EQ(shared.interval.low, 0);
  EXPECT_LT(shared.value, seen.value);
}

TEST(GroupErrors, WidensByTheSpreadOfShares) {
  ErrorTally all = tally_of(0, 300, 30);
  all.merge(tally_of(1, 300, 30));
  const std::vector<ReviewedStratum> strata = {
      {.cells = {{0, kBand}, {1, kBand}}, .trials = 300, .errors = 30}};
  const ErrorTally group = tally_of(0, 300, 30);
  const model::Estimate narrow = group_errors(group, all, strata, .01);
  const model::Estimate wide = group_errors(group, all, strata, 1);
  EXPECT_DOUBLE_EQ(narrow.value, 30);
  EXPECT_DOUBLE_EQ(wide.value, 30);
  EXPECT_LT(wide.interval.low, narrow.interval.low);
  EXPECT_GT(wide.interval.high, narrow.interval.high);
}

// Relations whose true errors are the model's times a gamma variable.
TEST(GroupErrors, HoldTheTruthAsOftenAsTheySay) {
  constexpr std::uint64_t kSeed = 20261130;
  constexpr int kDraws = 400;
  constexpr double kSpread = 1;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const std::array<std::uint64_t, 4> pairs = {400, 150, 60, 20};
  const std::array<double, 4> expected = {40, 6, 3, .6};
  ErrorTally all;
  ReviewedStratum shape;
  for (std::uint16_t g = 0; g < pairs.size(); ++g) {
    all.merge(tally_of(g, pairs[g], expected[g]));
    shape.cells.push_back({g, kBand});
  }
  std::gamma_distribution<double> off(1 / (kSpread * kSpread), kSpread * kSpread);
  int held = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    std::vector<std::pair<std::uint16_t, bool>> population;  // relation, error
    std::array<double, 4> truth{};
    for (std::uint16_t g = 0; g < pairs.size(); ++g) {
      const double rate = std::min(expected[g] / static_cast<double>(pairs[g]) * off(random), 1.0);
      for (std::uint64_t i = 0; i < pairs[g]; ++i) {
        const bool error = std::bernoulli_distribution(rate)(random);
        population.emplace_back(g, error);
        truth[g] += error ? 1 : 0;
      }
    }
    std::ranges::shuffle(population, random);
    ReviewedStratum stratum{.cells = shape.cells, .answers = std::vector<CellAnswers>(4)};
    for (std::size_t i = 0; i < 100; ++i) {
      ++stratum.trials;
      stratum.errors += population[i].second ? 1 : 0;
      ++stratum.answers[population[i].first].trials;
      stratum.answers[population[i].first].errors += population[i].second ? 1 : 0;
    }
    for (std::uint16_t g = 0; g < pairs.size(); ++g) {
      const model::Estimate errors =
          group_errors(tally_of(g, pairs[g], expected[g]), all, std::vector{stratum}, kSpread);
      held += errors.interval.low <= truth[g] && truth[g] <= errors.interval.high ? 1 : 0;
    }
  }
  EXPECT_GE(static_cast<double>(held) / (4 * kDraws), .95);
}

}  // namespace
}  // namespace bidui::link
