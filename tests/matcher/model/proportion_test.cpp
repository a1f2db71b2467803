#include "matcher/model/proportion.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace bidui::model {
namespace {

// From SciPy: beta.ppf([.025, .975], x + .5, n - x + .5).
TEST(Jeffreys, AgreesWithTheTables) {
  const Interval three_of_ten = jeffreys_interval(3, 10);
  EXPECT_NEAR(three_of_ten.low, .0927, .0005);
  EXPECT_NEAR(three_of_ten.high, .6058, .0005);
  EXPECT_EQ(jeffreys_interval(0, 100).low, 0);
  EXPECT_NEAR(jeffreys_interval(0, 100).high, .0247, .0005);
  EXPECT_EQ(jeffreys_interval(100, 100).high, 1);
}

TEST(Jeffreys, WithoutTrialsSaysNothing) {
  EXPECT_EQ(jeffreys_interval(0, 0).low, 0);
  EXPECT_EQ(jeffreys_interval(0, 0).high, 1);
}

TEST(EstimateTotal, IsExactWhereEverythingWasSeen) {
  const Estimate total = estimate_total(std::vector<SampledStratum>{
      {.population = 20, .trials = 20, .hits = 3}, {.population = 7, .trials = 7, .hits = 7}});
  EXPECT_DOUBLE_EQ(total.value, 10);
  EXPECT_DOUBLE_EQ(total.interval.low, 10);
  EXPECT_DOUBLE_EQ(total.interval.high, 10);
}

TEST(EstimateTotal, OfOneStratumIsItsOwnInterval) {
  const Estimate total =
      estimate_total(std::vector<SampledStratum>{{.population = 1e9, .trials = 50, .hits = 4}});
  // Clopper and Pearson: four or more of 50 are as rare as .025 at this rate.
  EXPECT_NEAR(total.interval.low / 1e9, .022228, 1e-6);
  EXPECT_NEAR(total.interval.high / 1e9, jeffreys_interval(4, 50).high, 1e-6);
}

TEST(EstimateTotal, AnUnseenStratumMayHoldAnything) {
  const Estimate total =
      estimate_total(std::vector<SampledStratum>{{.population = 40, .assumed_rate = .25}});
  EXPECT_DOUBLE_EQ(total.value, 10);
  EXPECT_DOUBLE_EQ(total.interval.low, 0);
  EXPECT_DOUBLE_EQ(total.interval.high, 40);
}

TEST(EstimateTotal, GivesAGroupItsShare) {
  const std::vector<SampledStratum> strata = {
      {.population = 1000, .trials = 100, .hits = 10, .share = .3}};
  EXPECT_DOUBLE_EQ(estimate_total(strata).value, 30);
  EXPECT_LE(estimate_total(strata).interval.high, 300);
}

struct Population {
  std::vector<std::uint64_t> members;
  std::vector<std::uint64_t> hits;
  std::vector<std::uint64_t> drawn;
};

// Share of simulated reviews whose interval holds the truth.
double coverage(const Population& population, std::mt19937_64& random) {
  constexpr int kDraws = 1500;
  double truth = 0;
  for (const std::uint64_t hits : population.hits) truth += static_cast<double>(hits);
  int held = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    std::vector<SampledStratum> strata;
    for (std::size_t s = 0; s < population.members.size(); ++s) {
      SampledStratum stratum{.population = static_cast<double>(population.members[s]),
                             .trials = population.drawn[s]};
      std::uint64_t hits = population.hits[s];
      for (std::uint64_t i = 0; i < stratum.trials; ++i) {
        const bool hit = random() % (population.members[s] - i) < hits;
        stratum.hits += hit ? 1 : 0;
        hits -= hit ? 1 : 0;
      }
      strata.push_back(stratum);
    }
    const Estimate total = estimate_total(strata);
    held += total.interval.low <= truth + 1e-9 && truth <= total.interval.high + 1e-9 ? 1 : 0;
  }
  return static_cast<double>(held) / kDraws;
}

TEST(EstimateTotal, HoldsTheTruthAsOftenAsItSays) {
  constexpr std::uint64_t kSeed = 20261122;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const std::vector<Population> populations = {
      {{60, 150, 400, 2000, 6000}, {24, 15, 8, 2, 0}, {20, 25, 25, 40, 80}},
      {{60, 150, 400, 2000, 6000}, {12, 8, 2, 2, 1}, {20, 25, 25, 40, 80}},
      {{300, 400, 800, 2000, 6000}, {90, 48, 40, 20, 6}, {30, 30, 40, 60, 80}},
      {{300, 400, 800, 2000}, {270, 200, 80, 40}, {30, 30, 40, 60}},
      {{5000, 700, 300, 200}, {25, 14, 60, 120}, {60, 40, 40, 40}},
      {{3000, 3000, 3000}, {3, 9, 30}, {60, 60, 60}}};
  for (const Population& population : populations) {
    const double held = coverage(population, random);
    // Of kDraws reviews; the standard error of .95 is .006.
    EXPECT_GE(held, .94) << population.members.size() << " strata, population "
                         << &population - populations.data();
    EXPECT_LE(held, 1.0);
  }
}

TEST(WithChance, WidensByPoissonsLaw) {
  const Estimate few = with_chance({1, {.5, 2}}, {});
  EXPECT_EQ(few.interval.low, 0);
  EXPECT_DOUBLE_EQ(few.interval.high, 1 + std::hypot(1, 3))
      << "P(X <= 5 | 2) = .983, P(X <= 4 | 2) = .947";
  const Estimate many = with_chance({10000, {9000, 11000}}, {});
  EXPECT_NEAR(many.interval.low, 9000 - 1.96 * std::sqrt(9000), 2);
  EXPECT_NEAR(many.interval.high, 10000 + std::hypot(1000, 1.96 * std::sqrt(11000)), 2);
  EXPECT_EQ(with_chance({}, {}).interval.high, 0);
}

TEST(WithChance, WidensByTheSpreadOfTheShareAndLessForALargePart) {
  const Estimate expected{20, {15, 26}};
  const Estimate chance = with_chance(expected, {});
  const Estimate spread = with_chance(expected, {.spread = .9});
  const Estimate large = with_chance(expected, {.share = .9, .spread = .9});
  EXPECT_LT(spread.interval.low, chance.interval.low);
  EXPECT_GT(spread.interval.high, chance.interval.high + 10);
  EXPECT_GT(large.interval.high, expected.interval.high);
  EXPECT_LT(large.interval.high, chance.interval.high);
  const Estimate thousands = with_chance({5000, {5000, 5000}}, {.spread = .5});
  EXPECT_NEAR(thousands.interval.high / 5000, 2.19, .05) << "gamma of shape 4: its .975 quantile";
}

TEST(LargestMean, OfNoneIsTheRuleOfThree) {
  EXPECT_NEAR(largest_mean(0), 3, .005);
  EXPECT_NEAR(largest_mean(1), 4.744, .005);
}

TEST(SumOf, AddsSquaresOfDistances) {
  const Estimate sum = sum_of({10, {7, 14}}, {5, {1, 8}});
  EXPECT_DOUBLE_EQ(sum.value, 15);
  EXPECT_DOUBLE_EQ(sum.interval.low, 10);
  EXPECT_DOUBLE_EQ(sum.interval.high, 20);
}

TEST(ShareOf, TakesTheWorstEnds) {
  const Estimate share = share_of({10, {5, 20}}, {90, {80, 95}});
  EXPECT_DOUBLE_EQ(share.value, .1);
  EXPECT_DOUBLE_EQ(share.interval.low, .05);
  EXPECT_DOUBLE_EQ(share.interval.high, .2);
  EXPECT_EQ(share_of({}, {}).value, 0);
}

}  // namespace
}  // namespace bidui::model
