#include "matcher/link/review_allocation.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace bidui::link {
namespace {

const std::vector<StratumSize> kStrata = {{4000, 40, false}, {300, 90, false}, {50, 25, false},
                                          {9000, 3, true},   {700, 5, true},   {20, 2, true}};

std::uint64_t sum(const std::vector<std::uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TEST(AllocateReview, GivesEachStratumOneBeforeAnyHasTwo) {
  for (const std::uint64_t size : {6U, 8U, 12U, 20U}) {
    const std::vector<std::uint64_t> counts = allocate_review(kStrata, size);
    EXPECT_EQ(sum(counts), size);
    EXPECT_GE(std::ranges::min(counts), 1U) << size;
    EXPECT_LE(std::ranges::max(counts) - std::ranges::min(counts), 1U) << size;
  }
}

TEST(AllocateReview, GivesWhatThereIs) {
  EXPECT_EQ(sum(allocate_review(kStrata, 0)), 0U);
  EXPECT_EQ(sum(allocate_review(kStrata, 4)), 4U);
  EXPECT_EQ(sum(allocate_review(kStrata, 1'000'000)), 14070U);
}

TEST(AllocateReview, GivesMostWhereMostIsUncertain) {
  const std::vector<std::uint64_t> counts = allocate_review(kStrata, 300);
  EXPECT_GT(counts[0], counts[1]);
  EXPECT_GT(counts[3], counts[4]);
  EXPECT_GE(std::ranges::min(counts), 8U);
}

}  // namespace
}  // namespace bidui::link
