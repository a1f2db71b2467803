#include "matcher/link/pair_odds.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace bidui::link {
namespace {

// `sure` left rows have a pair of 20 bits, the others up to `rows` a pair of `weak` bits.
std::vector<CandidatePair> pairs_of(std::uint32_t rows, std::uint32_t sure, float weak) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t row = 0; row < rows; ++row)
    pairs.push_back({.left = row, .right = row, .weight = row < sure ? 20.F : weak});
  return pairs;
}

const std::vector<bool> kAllRows(1000, true);

PairOddsInput input_of(std::span<const CandidatePair> pairs, double matches) {
  constexpr double kLeft = 1000;
  constexpr double kRight = 10000;
  return {.pairs = pairs,
          .left_rows = kAllRows,
          .left = kLeft,
          .right = kRight,
          .match_share = matches / (kLeft * kRight)};
}

TEST(PairOdds, CountOnlyThoseWhoAreStillWithoutAPartner) {
  const auto pairs = pairs_of(1000, 900, -30);
  const double odds = fit_pair_odds(input_of(pairs, 900));
  EXPECT_NEAR(std::log2(odds), std::log2(900.0 / (100.0 * 9100.0)), .02);
}

TEST(PairOdds, ComeFromThePairsNotFromTheFirstGuess) {
  const auto pairs = pairs_of(1000, 900, -30);
  const double good = fit_pair_odds(input_of(pairs, 900));
  for (const double guess : {300.0, 990.0})
    EXPECT_NEAR(std::log2(fit_pair_odds(input_of(pairs, guess))), std::log2(good), .1) << guess;
}

TEST(PairOdds, NeverTakeASideToBeComplete) {
  const auto pairs = pairs_of(1000, 1000, 20);
  EXPECT_NEAR(std::log2(fit_pair_odds(input_of(pairs, 1000))), std::log2(1000.0 / (10.0 * 9000.0)),
              .02);
}

TEST(PairOdds, SharedPartnersStayOpenToAll) {
  const auto pairs = pairs_of(1000, 900, -30);
  PairOddsInput input = input_of(pairs, 900);
  input.right_shared = true;
  EXPECT_NEAR(std::log2(fit_pair_odds(input)), std::log2(900.0 / (100.0 * 10000.0)), .02);
}

TEST(PairOdds, DoNotDependOnTheOrderOfThePairs) {
  constexpr std::uint64_t kSeed = 8;
  std::mt19937_64 random(kSeed);
  std::vector<CandidatePair> pairs;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const auto weight = static_cast<float>(static_cast<double>(random() % 4000) / 100.0 - 20);
    pairs.push_back(
        {.left = static_cast<std::uint32_t>(random() % 1000), .right = i, .weight = weight});
  }
  const double odds = fit_pair_odds(input_of(pairs, 800));
  std::ranges::shuffle(pairs, random);
  EXPECT_EQ(fit_pair_odds(input_of(pairs, 800)), odds) << "seed " << kSeed;
}

TEST(PairOdds, AreThoseOfTheRowsThatAreAskedFor) {
  const auto pairs = pairs_of(1000, 900, -30);
  std::vector<bool> rows(1000);
  for (std::size_t row = 850; row < 950; ++row) rows[row] = true;
  const PairOddsInput input{
      .pairs = pairs, .left_rows = rows, .left = 100, .right = 10000, .match_share = 900.0 / 1e7};
  EXPECT_NEAR(std::log2(fit_pair_odds(input)), std::log2(50.0 / (50.0 * 9950.0)), .02);
}

TEST(PairOdds, WithoutPairsTheShareStands) {
  const PairOddsInput input = input_of({}, 900);
  EXPECT_NEAR(std::log2(fit_pair_odds(input)), std::log2(input.match_share), .02);
}

}  // namespace
}  // namespace bidui::link
