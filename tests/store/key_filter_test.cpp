#include "store/key_filter.h"

#include <gtest/gtest.h>
#include <random>

namespace bidui::store {
namespace {

TEST(KeyFilterTest, WhatWasAddedPassesAndFewOthersDo) {
  std::mt19937_64 random(5);
  constexpr std::size_t kCount = 100'000;
  KeyFilter filter(kCount);
  std::vector<std::uint64_t> added(kCount);
  for (std::uint64_t& hash : added) filter.add(hash = random());
  for (const std::uint64_t hash : added) ASSERT_TRUE(filter.may_have(hash));
  std::size_t passed = 0;
  for (std::size_t i = 0; i < kCount; ++i) passed += filter.may_have(random()) ? 1 : 0;
  EXPECT_LT(passed, kCount / 50);
}

TEST(KeyFilterTest, AnEmptyOneLetsNothingPass) {
  const KeyFilter filter(0);
  EXPECT_FALSE(filter.may_have(0));
  EXPECT_FALSE(filter.may_have(~std::uint64_t{0}));
}

}  // namespace
}  // namespace bidui::store
