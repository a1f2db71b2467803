#include "matcher/flag/compare_flags.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace bidui::flag {
namespace {

KnownFlag flag(const std::string& id, std::uint64_t hash) {
  KnownFlag f;
  f.flag_id = id;
  f.evidence_hash = hash;
  return f;
}

TEST(CompareFlagsTest, FollowsAFlagThroughItsLife) {
  FlagChanges run = compare_flags({}, {flag("a", 1), flag("b", 1)});
  EXPECT_EQ(run.statuses, (std::vector{Status::kNew, Status::kNew}));
  run = compare_flags(run.known, {flag("b", 2), flag("a", 1)});
  EXPECT_EQ(run.statuses, (std::vector{Status::kChanged, Status::kSame}));
  run = compare_flags(run.known, {flag("a", 1)});
  EXPECT_EQ(run.gone, std::vector<std::string>{"b"});
  run = compare_flags(run.known, {flag("a", 1)});
  EXPECT_TRUE(run.gone.empty());
  run = compare_flags(run.known, {flag("b", 2)});
  EXPECT_EQ(run.statuses, std::vector{Status::kReopened});
  EXPECT_EQ(run.gone, std::vector<std::string>{"a"});
}

TEST(CompareFlagsTest, AFlagOfASkippedRuleIsNotGone) {
  KnownFlag dead = flag("a", 1);
  dead.rule = "DEAD_IN_PR";
  dead.source = "poverty";
  const FlagChanges first = compare_flags({}, {dead, flag("b", 1)});
  const FlagChanges without = compare_flags(first.known, {}, {{"DEAD_IN_PR", "poverty"}});
  EXPECT_EQ(without.gone, std::vector<std::string>{"b"});
  EXPECT_EQ(compare_flags(without.known, {dead}).statuses, std::vector{Status::kSame});
}

// A second run on the same deliveries raises nothing new; the order of flags tells nothing.
TEST(CompareFlagsTest, TheSameRunAgainIsAllTheSameWhateverTheOrder) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<KnownFlag> first;
    for (int i = 0; i < 50; ++i) {
      if (random() % 3 != 0) first.push_back(flag("f" + std::to_string(i), random() % 4));
    }
    const FlagChanges before = compare_flags({}, first);
    std::vector<KnownFlag> again = first;
    std::shuffle(again.begin(), again.end(), random);
    const FlagChanges after = compare_flags(before.known, again);
    EXPECT_TRUE(after.gone.empty()) << "seed " << seed;
    for (const Status status : after.statuses) EXPECT_EQ(status, Status::kSame) << "seed " << seed;
  }
}

}  // namespace
}  // namespace bidui::flag
