#include "matcher/link/decision.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

using Rows = std::pair<std::uint32_t, std::uint32_t>;

constexpr compare::ComparisonVector kSameNumberAndName = 0x11;
constexpr compare::ComparisonVector kSameName = 0x01;

CandidatePair pair_of(std::uint32_t left, std::uint32_t right, float weight,
                      compare::ComparisonVector vector = kSameName) {
  return {.left = left, .right = right, .vector = vector, .weight = weight};
}

std::map<Rows, Decision> decisions_of(const Decisions& decisions) {
  std::map<Rows, Decision> result;
  for (const Link& link : decisions.links) result[{link.left, link.right}] = link.decision;
  return result;
}

const std::map<Rows, Decision> kNone;

double expected_false_share(const std::vector<double>& weights, double threshold) {
  double sum = 0;
  double count = 0;
  for (const double w : weights) {
    if (w < threshold) continue;
    sum += 1 - model::probability_of(w);
    ++count;
  }
  return count == 0 ? 0 : sum / count;
}

TEST(Threshold, KeepsTheExpectedShareOfFalseLinksWithinTheWish) {
  std::mt19937_64 random(11);
  for (int step = 0; step < 300; ++step) {
    std::vector<double> weights;
    // Whole numbers: many pairs have one weight, as vectors without term frequencies do.
    for (std::uint64_t n = random() % 60; n > 0; --n)
      weights.push_back(static_cast<double>(random() % 40) - 10);
    for (const double rate : {.0001, .001, .01, .1}) {
      const double threshold = find_threshold(weights, rate);
      EXPECT_GE(threshold, 0);
      EXPECT_LE(expected_false_share(weights, threshold), rate) << "step " << step << ", " << rate;
    }
  }
}

TEST(Threshold, IsTheSmallestThatDoes) {
  std::mt19937_64 random(12);
  for (int step = 0; step < 300; ++step) {
    std::vector<double> weights;
    for (std::uint64_t n = 1 + random() % 40; n > 0; --n)
      weights.push_back(static_cast<double>(random() % 4000) / 100 - 10);
    const double threshold = find_threshold(weights, .01);
    for (const double w : weights) {
      if (w >= 0 && w < threshold) {
        EXPECT_GT(expected_false_share(weights, w), .01) << "step " << step;
      }
    }
  }
}

TEST(Threshold, FallsAsMoreFalseLinksAreAllowed) {
  std::mt19937_64 random(13);
  for (int step = 0; step < 300; ++step) {
    std::vector<double> weights;
    for (std::uint64_t n = 1 + random() % 60; n > 0; --n)
      weights.push_back(static_cast<double>(random() % 400) / 10 - 10);
    double last = 1e9;
    for (const double rate : {0.0, 1e-6, 1e-4, 1e-3, 1e-2, .1, .5, 1.0}) {
      const double threshold = find_threshold(weights, rate);
      EXPECT_LE(threshold, last) << "step " << step << ", rate " << rate;
      last = threshold;
    }
  }
}

TEST(Threshold, OfNothingIsZero) { EXPECT_EQ(find_threshold({}, .001), 0); }

TEST(Decide, LinksACertainPairAndListsADoubtfulOne) {
  const std::vector pairs = {pair_of(0, 0, 30), pair_of(1, 1, 0), pair_of(2, 2, -20)};
  const Decisions d = decide(pairs, {});
  EXPECT_EQ(decisions_of(d),
            (std::map<Rows, Decision>{{{0, 0}, Decision::kLink}, {{1, 1}, Decision::kPossible}}));
  EXPECT_EQ(d.link_count, 1U);
  EXPECT_EQ(d.possible_count, 1U);
}

TEST(Decide, PossibleLinksEndAtTheirProbability) {
  const auto at = [](double probability) {
    return static_cast<float>(std::log2(probability / (1 - probability)));
  };
  const std::vector pairs = {pair_of(0, 0, at(.051)), pair_of(1, 1, at(.049))};
  EXPECT_EQ(decisions_of(decide(pairs, {})),
            (std::map<Rows, Decision>{{{0, 0}, Decision::kPossible}}));
}

TEST(Decide, TwinsWhoFitEquallyAreNotCertain) {
  const std::vector pairs = {pair_of(0, 0, 20), pair_of(0, 1, 20), pair_of(1, 0, 20),
                             pair_of(1, 1, 20)};
  for (const Link& link : decide(pairs, {}).links) {
    EXPECT_EQ(link.decision, Decision::kPossible);
    EXPECT_LE(link.weight, 0);
  }
}

TEST(Decide, AClearTwinIsLinkedBesideTheOther) {
  const std::vector pairs = {pair_of(0, 0, 30), pair_of(0, 1, 5), pair_of(1, 0, 5),
                             pair_of(1, 1, 30)};
  EXPECT_EQ(decisions_of(decide(pairs, {})),
            (std::map<Rows, Decision>{{{0, 0}, Decision::kLink}, {{1, 1}, Decision::kLink}}));
}

TEST(Decide, DuplicateRowsOfOneFileShareTheirPartner) {
  const std::vector pairs = {pair_of(0, 5, 40, kSameNumberAndName),
                             pair_of(1, 5, 40, kSameNumberAndName), pair_of(2, 6, 40)};
  const Decisions d = decide(pairs, {});
  EXPECT_EQ(decisions_of(d),
            (std::map<Rows, Decision>{
                {{0, 5}, Decision::kLink}, {{1, 5}, Decision::kLink}, {{2, 6}, Decision::kLink}}));
  EXPECT_EQ(d.left_duplicates, 1U);
  EXPECT_EQ(d.right_duplicates, 0U);
}

TEST(Decide, OneNumberUnderTwoNamesIsNoDuplicate) {
  const std::vector pairs = {pair_of(0, 5, 40, kSameNumberAndName), pair_of(1, 5, 30, 0x1C)};
  const Decisions d = decide(pairs, {});
  EXPECT_EQ(d.left_duplicates, 0U);
  EXPECT_FALSE(decisions_of(d).contains({1, 5}));
}

TEST(Decide, OneToManyLetsTheRightSideBeChosenOften) {
  const std::vector pairs = {pair_of(0, 5, 30), pair_of(1, 5, 30), pair_of(1, 6, 10)};
  EXPECT_EQ(decisions_of(decide(pairs, {.assignment = Assignment::kOneToMany})),
            (std::map<Rows, Decision>{{{0, 5}, Decision::kLink}, {{1, 5}, Decision::kLink}}));
}

TEST(Decide, ManyToManyKeepsEveryPairThatIsProbable) {
  const std::vector pairs = {pair_of(0, 5, 30), pair_of(0, 6, 30), pair_of(1, 5, 30)};
  EXPECT_EQ(decide(pairs, {.assignment = Assignment::kManyToMany}).link_count, 3U);
}

TEST(Decide, NothingGivesNothing) {
  const Decisions d = decide({}, {});
  EXPECT_EQ(decisions_of(d), kNone);
  EXPECT_EQ(d.expected_false_links, 0);
}

// Random worlds: every row at most once (there are no duplicates), links within the wish, sorted.
TEST(Decide, HoldsItsPromisesOnRandomPairs) {
  std::mt19937_64 random(14);
  for (int step = 0; step < 200; ++step) {
    std::vector<CandidatePair> pairs;
    for (std::uint32_t l = 0; l < 12; ++l) {
      for (std::uint32_t r = 0; r < 12; ++r) {
        if (random() % 4 == 0)
          pairs.push_back(pair_of(l, r, static_cast<float>(random() % 45) - 10));
      }
    }
    const Decisions d = decide(pairs, {});
    std::map<std::uint32_t, int> lefts;
    std::map<std::uint32_t, int> rights;
    for (const Link& link : d.links) {
      EXPECT_EQ(++lefts[link.left], 1);
      EXPECT_EQ(++rights[link.right], 1);
      EXPECT_LE(link.weight, pairs[link.pair].weight);
      EXPECT_EQ(link.decision == Decision::kLink, link.weight >= d.threshold);
    }
    EXPECT_LE(d.expected_false_links, .001 * static_cast<double>(d.link_count) + 1e-12);
    EXPECT_EQ(d.links.size(), d.link_count + d.possible_count);
    EXPECT_TRUE(std::ranges::is_sorted(d.links, {}, [](const Link& l) {
      return Rows{l.left, l.right};
    }));
  }
}

TEST(Decide, TellsWhoWasOutdoneByAnotherRow) {
  // 0 and 1 are both 10's, and 1 fits nobody else; 2 has a partner of his own beside.
  const std::vector<CandidatePair> pairs = {pair_of(0, 10, 30), pair_of(1, 10, 12),
                                            pair_of(1, 11, 3),  pair_of(2, 10, 12),
                                            pair_of(2, 12, 20), pair_of(3, 10, -3)};
  std::vector<CandidatePair> taken = pairs;
  taken.push_back(pair_of(4, 11, 25));
  const Decisions d = decide(taken, {.lowest_non_link = -60});
  ASSERT_EQ(d.outdone.size(), 1U);
  EXPECT_EQ(d.outdone.front().left, 1U);
  EXPECT_EQ(d.outdone.front().right, 10U);
  EXPECT_EQ(d.outdone.front().decision, Decision::kPossible);
  EXPECT_LT(d.outdone.front().weight, -10);
  for (const Link& link : d.non_links) EXPECT_FALSE(link.left == 1 && link.right == 10);
  EXPECT_TRUE(decide(taken, {.assignment = Assignment::kOneToMany}).outdone.empty());
}

TEST(Decide, GivesTheNonLinksDownToTheLowestWeight) {
  // Left 0 has a partner and a rival; left 1 fits nobody well.
  const std::vector<CandidatePair> pairs = {pair_of(0, 0, 20), pair_of(0, 1, 3), pair_of(1, 1, -7),
                                            pair_of(1, 2, -30)};
  EXPECT_TRUE(decide(pairs, {}).non_links.empty());
  const Decisions decisions = decide(pairs, {.lowest_non_link = -25});
  EXPECT_EQ(decisions_of(decisions), decisions_of(decide(pairs, {})));
  std::vector<Rows> rows;
  for (const Link& l : decisions.non_links) {
    rows.emplace_back(l.left, l.right);
    EXPECT_GE(l.weight, -25);
    EXPECT_EQ(pairs[l.pair].left, l.left);
  }
  EXPECT_EQ(rows, (std::vector<Rows>{{0, 1}, {1, 1}}));
  EXPECT_LT(decisions.non_links[0].weight, -15);  // what the better pair leaves of it
}

}  // namespace
}  // namespace bidui::link
