#include "matcher/model/capture_recapture.h"

#include <gtest/gtest.h>
#include <random>

namespace bidui::model {
namespace {

TEST(CaptureRecapture, FollowsTheFormula) {
  // Only number 10, only birth 4, only place 6; two groups: 30 + 20 + 49.
  const Estimate missed = missed_by_all({0, 10, 4, 30, 6, 20, 49, 1000});
  EXPECT_DOUBLE_EQ(missed.value, (10.0 * 4 + 10 * 6 + 4 * 6) / 100);
  EXPECT_LT(missed.interval.low, missed.value);
  EXPECT_GT(missed.interval.high, missed.value);
}

TEST(CaptureRecapture, KnowsNothingOfNothing) { EXPECT_EQ(missed_by_all({}).interval.high, 0); }

TEST(CaptureRecapture, WithoutSinglesIsZeroButNotSure) {
  const Estimate missed = missed_by_all({0, 0, 0, 5, 0, 5, 40, 900});
  EXPECT_EQ(missed.value, 0);
  EXPECT_GT(missed.interval.high, 0);
}

// Matches whose groups fail independently, but the more the harder the match: what it is made for.
struct Simulated {
  CaptureCounts counts{};
  double missed = 0;
};
Simulated simulate(double hard_share, double hard_failure, std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit;
  constexpr std::array<double, kCaptureGroups> kFailure = {.25, .06, .03};
  Simulated result;
  for (int match = 0; match < 20000; ++match) {
    const bool hard = unit(random) < hard_share;
    std::size_t set = 0;
    for (std::size_t g = 0; g < kCaptureGroups; ++g) {
      if (unit(random) > (hard ? hard_failure : kFailure[g])) set |= std::size_t{1} << g;
    }
    (set == 0 ? result.missed : result.counts[set]) += 1;
  }
  return result;
}

TEST(CaptureRecapture, IsALowerBoundWhereGroupsFailTogether) {
  constexpr std::uint64_t kSeed = 7;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  for (const double hard_failure : {.4, .6, .8}) {
    const Simulated world = simulate(.02, hard_failure, random);
    const Estimate missed = missed_by_all(world.counts);
    EXPECT_GT(missed.value, 0);
    EXPECT_LE(missed.interval.low, world.missed) << hard_failure;
    EXPECT_LE(missed.value, world.missed * 1.1) << hard_failure;
  }
}

}  // namespace
}  // namespace bidui::model
