#include "matcher/link/error_rates.h"

#include <gtest/gtest.h>
#include <random>

#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

TEST(BandOf, PutsEdgesIntoTheUpperBand) {
  EXPECT_EQ(band_of(-9, false), 0U);
  EXPECT_EQ(band_of(-7, false), 1U);
  EXPECT_EQ(band_of(50, false), kNonLinkBands - 1);
  EXPECT_EQ(band_of(-3, true), kNonLinkBands);
  EXPECT_EQ(band_of(24, true), kBands - 1);
  for (std::size_t band = 0; band < kBands; ++band)
    EXPECT_EQ(is_link_band(band), band >= kNonLinkBands);
}

TEST(ErrorProbabilities, AreThoseOfTheWeights) {
  const std::vector<DecidedPair> pairs = {{.left = 0, .right = 1, .weight = 10, .linked = true},
                                          {.left = 1, .right = 2, .weight = -3, .linked = false}};
  const std::vector<double> errors = error_probabilities(pairs);
  EXPECT_NEAR(errors[0], 1 - model::probability_of(10), 1e-12);
  EXPECT_NEAR(errors[1], model::probability_of(-3), 1e-12);
}

TEST(ErrorProbabilities, LeaveALinkedRecordNoSecondMatch) {
  const std::vector<DecidedPair> pairs = {
      {.left = 0, .right = 1, .weight = 20, .relation = 0, .linked = true},
      {.left = 0, .right = 2, .weight = 3, .relation = 0, .linked = false},
      {.left = 0, .right = 9, .weight = 3, .relation = 1, .linked = false}};
  const std::vector<double> errors = error_probabilities(pairs);
  EXPECT_LT(errors[1], 1e-5);
  EXPECT_NEAR(errors[2], model::probability_of(3), 1e-12) << "another pair of sources";
}

TEST(ErrorProbabilities, ShareWhatThereIsBetweenRivals) {
  const std::vector<DecidedPair> pairs = {{.left = 0, .right = 1, .weight = 4, .linked = false},
                                          {.left = 0, .right = 2, .weight = 4, .linked = false}};
  const std::vector<double> errors = error_probabilities(pairs);
  EXPECT_NEAR(errors[0], .5, 1e-9);
  EXPECT_NEAR(errors[0] + errors[1], 1, 1e-9);
}

std::vector<DecidedPair> random_pairs(std::mt19937_64& random, std::uint32_t rows) {
  std::vector<DecidedPair> pairs;
  for (std::uint32_t left = 0; left < rows; ++left) {
    for (std::uint32_t n = random() % 4; n > 0; --n) {
      const double weight = static_cast<double>(random() % 400) / 10 - 10;
      pairs.push_back({.left = left,
                       .right = static_cast<std::uint32_t>(random() % rows),
                       .weight = weight,
                       .kinds = static_cast<std::uint32_t>(random() % 8192),
                       .relation = 0,
                       .linked = weight > 5});
    }
  }
  return pairs;
}

ErrorTally tally_of(std::span<const DecidedPair> pairs) {
  ErrorTally tally;
  const std::vector<double> errors = error_probabilities(pairs);
  for (std::size_t i = 0; i < pairs.size(); ++i) tally.add_pair(pairs[i], errors[i]);
  return tally;
}

TEST(ErrorTally, PartsMergeToTheWhole) {
  std::mt19937_64 random(4);
  const std::vector<DecidedPair> pairs = random_pairs(random, 500);
  auto middle = pairs.begin() + static_cast<std::ptrdiff_t>(pairs.size() / 2);
  while (middle->left == (middle - 1)->left) ++middle;  // a record's pairs stay together
  const ErrorTally whole = tally_of(pairs);
  ErrorTally parts = tally_of({pairs.begin(), middle});
  parts.merge(tally_of({middle, pairs.end()}));
  ASSERT_EQ(parts.cells.size(), whole.cells.size());
  for (const auto& [at, cell] : whole.cells) {
    EXPECT_EQ(parts.cells.at(at).pairs, cell.pairs);
    EXPECT_NEAR(parts.cells.at(at).expected_errors, cell.expected_errors, 1e-9);
  }
  EXPECT_NEAR(parts.missed_by_keys().value, whole.missed_by_keys().value, 1e-9);
}

TEST(ExpectedRates, AddUpTheProbabilities) {
  ErrorTally tally;
  tally.cells[{0, kNonLinkBands}] = {.pairs = 1000, .expected_errors = 10};
  tally.cells[{0, 0}] = {.pairs = 500, .expected_errors = 10};
  const ErrorRates rates = expected_rates(tally);
  EXPECT_EQ(rates.links, 1000U);
  EXPECT_DOUBLE_EQ(rates.false_rate.value, .01);
  EXPECT_DOUBLE_EQ(rates.missed_rate.value, .01);
  EXPECT_GT(*rates.missed_at_most, rates.missed_rate.value) << "chance alone may take it higher";
  EXPECT_NEAR(*expected_rates(tally, 1100).missed_at_most, .1, 1e-12);
}

TEST(ExpectedRates, NoneIsNotCertainlyNone) {
  ErrorTally tally;
  tally.cells[{0, kBands - 1}] = {.pairs = 600, .expected_errors = 0};
  const ErrorRates rates = expected_rates(tally, 600);
  EXPECT_EQ(rates.false_rate.value, 0);
  EXPECT_NEAR(*rates.false_at_most, .005, 1e-4) << "the rule of three";
  EXPECT_NEAR(*rates.missed_at_most, .005, 1e-4);
  EXPECT_FALSE(expected_rates(ErrorTally{}).false_at_most) << "of no link nothing is said";
}

TEST(ReviewedRates, FollowTheAnswersNotTheModel) {
  ErrorTally tally;
  tally.cells[{0, kNonLinkBands}] = {.pairs = 1000, .expected_errors = 1};
  tally.cells[{0, 0}] = {.pairs = 200, .expected_errors = 150};
  const std::vector<ReviewedStratum> strata = {
      {.cells = {{0, kNonLinkBands}}, .trials = 100, .errors = 10},
      {.cells = {{0, 0}}, .trials = 100, .errors = 5}};
  const ErrorRates rates = reviewed_rates(tally, tally, strata);
  EXPECT_TRUE(rates.reviewed);
  EXPECT_DOUBLE_EQ(rates.false_rate.value, .1);
  EXPECT_LT(rates.false_rate.interval.low, .1);
  EXPECT_GT(rates.false_rate.interval.high, .1);
  EXPECT_DOUBLE_EQ(rates.missed_pairs.value, 10);
  EXPECT_DOUBLE_EQ(rates.missed_rate.value, 10 / 910.0);
}

TEST(ReviewedRates, GroupsShareTheErrorsOfAStratum) {
  ErrorTally poor;
  poor.cells[{0, kNonLinkBands}] = {.pairs = 100, .expected_errors = 9.8};
  ErrorTally rich;
  rich.cells[{0, kNonLinkBands}] = {.pairs = 900, .expected_errors = 8.2};
  ErrorTally all = poor;
  all.merge(rich);
  const std::vector<ReviewedStratum> strata = {
      {.cells = {{0, kNonLinkBands}}, .trials = 100, .errors = 10}};
  const double of_poor = reviewed_rates(poor, all, strata).false_links.value;
  const double of_rich = reviewed_rates(rich, all, strata).false_links.value;
  EXPECT_NEAR(of_poor + of_rich, 100, 1e-9);
  EXPECT_NEAR(of_poor, of_rich, 1e-9) << "10 expected each, .002 a pair included";
}

TEST(ReviewedRates, WithoutAnswersMayBeAnything) {
  ErrorTally tally;
  tally.cells[{0, kNonLinkBands}] = {.pairs = 100, .expected_errors = 2};
  const ErrorRates rates = reviewed_rates(tally, tally, {});
  EXPECT_DOUBLE_EQ(rates.false_links.value, 2);
  EXPECT_DOUBLE_EQ(rates.false_rate.interval.low, 0);
  EXPECT_DOUBLE_EQ(rates.false_rate.interval.high, 1);
}

}  // namespace
}  // namespace bidui::link
