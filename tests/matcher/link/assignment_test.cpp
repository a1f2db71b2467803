#include "matcher/link/assignment.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "tests/reference/assignment.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 1955;

// Rows 0-4 against 0-4; whole weights make ties frequent, some are not positive.
std::vector<WeightedPair> random_pairs(std::mt19937_64& random) {
  std::vector<WeightedPair> pairs;
  for (std::uint32_t l = 0; l < 5; ++l) {
    for (std::uint32_t r = 0; r < 5; ++r) {
      if (random() % 2 == 0) continue;
      pairs.push_back({l, r, static_cast<double>(random() % 12) - 2});
    }
  }
  std::ranges::shuffle(pairs, random);
  return pairs;
}

using Chosen = std::set<std::pair<std::uint32_t, std::uint32_t>>;

Chosen chosen_rows(const std::vector<WeightedPair>& pairs, const AssignmentResult& result) {
  Chosen rows;
  for (const std::uint32_t i : result.chosen) rows.insert({pairs[i].left, pairs[i].right});
  return rows;
}

double total(const std::vector<WeightedPair>& pairs, const AssignmentResult& result) {
  double sum = 0;
  for (const std::uint32_t i : result.chosen) sum += pairs[i].weight;
  return sum;
}

void expect_one_to_one(const std::vector<WeightedPair>& pairs, const AssignmentResult& result) {
  std::set<std::uint32_t> lefts;
  std::set<std::uint32_t> rights;
  for (const std::uint32_t i : result.chosen) {
    EXPECT_TRUE(lefts.insert(pairs[i].left).second);
    EXPECT_TRUE(rights.insert(pairs[i].right).second);
    EXPECT_GT(pairs[i].weight, 0);
  }
  EXPECT_TRUE(std::ranges::is_sorted(result.chosen));
}

TEST(Assignment, HasTheGreatestTotalOfAllAssignments) {
  std::mt19937_64 random(kSeed);
  for (int step = 0; step < 400; ++step) {
    const std::vector<WeightedPair> pairs = random_pairs(random);
    const AssignmentResult result = assign_one_to_one(pairs);
    expect_one_to_one(pairs, result);
    std::vector<reference::Edge> edges;
    for (const WeightedPair& p : pairs) {
      if (p.weight > 0) edges.push_back({p.left, p.right, p.weight});
    }
    ASSERT_NEAR(total(pairs, result), reference::best_total(edges), 1e-9)
        << "seed " << kSeed << ", step " << step;
    EXPECT_EQ(result.greedy_components, 0U);
  }
}

TEST(Assignment, OrderOfThePairsDoesNotMatter) {
  std::mt19937_64 random(kSeed + 1);
  for (int step = 0; step < 300; ++step) {
    std::vector<WeightedPair> pairs = random_pairs(random);
    const Chosen chosen = chosen_rows(pairs, assign_one_to_one(pairs));
    const Chosen greedy = chosen_rows(pairs, assign_one_to_one(pairs, 0));
    std::ranges::shuffle(pairs, random);
    EXPECT_EQ(chosen_rows(pairs, assign_one_to_one(pairs)), chosen) << "step " << step;
    EXPECT_EQ(chosen_rows(pairs, assign_one_to_one(pairs, 0)), greedy) << "step " << step;
  }
}

TEST(Assignment, GreedyIsValidAndAtLeastHalfAsGood) {
  std::mt19937_64 random(kSeed + 2);
  for (int step = 0; step < 300; ++step) {
    const std::vector<WeightedPair> pairs = random_pairs(random);
    const AssignmentResult exact = assign_one_to_one(pairs);
    const AssignmentResult greedy = assign_one_to_one(pairs, 0);
    expect_one_to_one(pairs, greedy);
    EXPECT_GE(2 * total(pairs, greedy), total(pairs, exact)) << "step " << step;
  }
}

TEST(Assignment, GivesUpTheBestPairForABetterTotal) {
  const std::vector<WeightedPair> pairs = {{0, 0, 10}, {0, 1, 9}, {1, 0, 9}};
  EXPECT_EQ(chosen_rows(pairs, assign_one_to_one(pairs)), (Chosen{{0, 1}, {1, 0}}));
  EXPECT_EQ(chosen_rows(pairs, assign_one_to_one(pairs, 0)), (Chosen{{0, 0}}));
}

TEST(Assignment, CountsItsComponents) {
  const std::vector<WeightedPair> pairs = {{0, 0, 1}, {1, 1, 2}, {1, 2, 1}, {7, 2, 3}, {9, 9, -1}};
  const AssignmentResult result = assign_one_to_one(pairs);
  EXPECT_EQ(result.components, 2U);
  EXPECT_EQ(result.largest_component, 4U);
  EXPECT_EQ(assign_one_to_one({}).components, 0U);
}

TEST(Assignment, SparseRowNumbersAreNoBurden) {
  const std::vector<WeightedPair> pairs = {{4'000'000'000U, 5, 1}, {3, 4'000'000'000U, 1}};
  EXPECT_EQ(assign_one_to_one(pairs).chosen.size(), 2U);
}

TEST(Assignment, LargeComponentIsSettledInTime) {
  std::vector<WeightedPair> pairs;
  std::mt19937_64 random(3);
  for (std::uint32_t l = 0; l < 150; ++l) {
    for (std::uint32_t r = 0; r < 150; ++r)
      pairs.push_back({l, r, static_cast<double>(1 + random() % 1000)});
  }
  const AssignmentResult result = assign_one_to_one(pairs);
  EXPECT_EQ(result.chosen.size(), 150U);
  EXPECT_EQ(result.largest_component, 300U);
}

}  // namespace
}  // namespace bidui::link
