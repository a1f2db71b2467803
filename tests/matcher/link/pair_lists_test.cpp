#include "matcher/link/pair_lists.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace bidui::link {
namespace {

ListItems items(const std::vector<std::vector<std::uint32_t>>& persons) {
  ListItems list;
  for (const auto& own : persons) list.add(own);
  return list;
}

int equal_likeness(std::uint32_t, std::uint32_t) { return 0; }

TEST(PairLists, PairsByMostSharedPersons) {
  // The first household of the left was split: two of its people stand in one, one in another.
  const ListPairing pairing =
      pair_lists(items({{1, 2, 3}, {9}}), items({{3}, {1, 2}}), {}, equal_likeness);
  EXPECT_EQ(pairing.left[0].fate, ItemFate::kPaired);
  EXPECT_EQ(pairing.left[0].other, 1U);
  EXPECT_EQ(pairing.right[0].fate, ItemFate::kRepeated);
  EXPECT_EQ(pairing.right[0].other, 0U);
  EXPECT_EQ(pairing.right[0].rival, 1U);
  EXPECT_EQ(pairing.left[1].fate, ItemFate::kMissing);
}

TEST(PairLists, PrefersTheMoreAlikeOfEquals) {
  const auto likeness = [](std::uint32_t left, std::uint32_t right) {
    return left == 0 && right == 1 ? 1 : 0;
  };
  const ListPairing pairing = pair_lists(items({{7}, {7}}), items({{7}, {7}}), {}, likeness);
  EXPECT_EQ(pairing.left[0].other, 1U);
  EXPECT_EQ(pairing.left[1].other, 0U);
}

TEST(PairLists, FindsRepeatsOfWhatTheOtherListLacks) {
  const ListPairing pairing = pair_lists(items({{7}, {8}, {7}}), items({{1}}), {}, equal_likeness);
  EXPECT_EQ(pairing.left[0].fate, ItemFate::kMissing);
  EXPECT_EQ(pairing.left[2].fate, ItemFate::kRepeated);
  EXPECT_EQ(pairing.left[2].rival, 0U);
  EXPECT_EQ(pairing.left[2].other, PairedItem::kNone);
}

TEST(PairLists, APossibleLinkJoinsOnlyWhatIsMissing) {
  const ListPairing pairing = pair_lists(items({{1}, {2}}), items({{1}, {3}}),
                                         {{.left = 0, .right = 1, .weight = 9},
                                          {.left = 1, .right = 1, .weight = 4},
                                          {.left = 1, .right = 0, .weight = 8}},
                                         equal_likeness);
  EXPECT_EQ(pairing.left[1].fate, ItemFate::kPossible);
  EXPECT_EQ(pairing.left[1].other, 1U);
  EXPECT_EQ(pairing.right[1].other, 1U);
  EXPECT_EQ(pairing.left[0].fate, ItemFate::kPaired);
}

TEST(PairLists, TheSameRowIsPairedWhereNothingElseIsKnown) {
  const ListPairing pairing = pair_lists(
      items({{1}, {2}}), items({{3}, {2}}),
      {{.left = 0, .right = 0, .same_row = true}, {.left = 1, .right = 0, .same_row = true}},
      equal_likeness);
  EXPECT_EQ(pairing.left[0].fate, ItemFate::kPaired);
  EXPECT_EQ(pairing.left[0].other, 0U);
  EXPECT_EQ(pairing.left[1].other, 1U) << "persons come first";
}

std::vector<std::vector<std::uint32_t>> random_list(std::mt19937_64& random) {
  std::vector<std::vector<std::uint32_t>> list(random() % 40);
  for (auto& persons : list) {
    for (std::uint64_t n = random() % 4; n > 0; --n)
      persons.push_back(static_cast<std::uint32_t>(random() % 50));
  }
  return list;
}

// Whatever the lists: each item has one fate, pairs are mutual and share a person, possible ones
// are mutual, and what is missing shares nobody with the other list.
TEST(PairLists, ClosesForAnyLists) {
  constexpr std::uint64_t kSeed = 20261130;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    const ListItems left = items(random_list(random));
    const ListItems right = items(random_list(random));
    std::vector<PossibleItems> possible;
    for (int p = 0; p < 10 && left.count() > 0 && right.count() > 0; ++p)
      possible.push_back({static_cast<std::uint32_t>(random() % left.count()),
                          static_cast<std::uint32_t>(random() % right.count()),
                          static_cast<double>(random() % 5), random() % 4 == 0});
    const ListPairing pairing = pair_lists(left, right, possible, equal_likeness);
    ASSERT_EQ(pairing.left.size(), left.count());
    ASSERT_EQ(pairing.right.size(), right.count());
    std::set<std::uint32_t> right_persons;
    for (std::uint32_t r = 0; r < right.count(); ++r) {
      for (const std::uint32_t person : right.persons(r)) right_persons.insert(person);
    }
    std::size_t pairs = 0;
    for (std::uint32_t l = 0; l < left.count(); ++l) {
      const PairedItem& item = pairing.left[l];
      if (item.fate == ItemFate::kPaired || item.fate == ItemFate::kPossible) {
        EXPECT_EQ(pairing.right[item.other].fate, item.fate);
        EXPECT_EQ(pairing.right[item.other].other, l);
      }
      if (item.fate == ItemFate::kRepeated) EXPECT_NE(item.rival, l);
      pairs += item.fate == ItemFate::kPaired ? 1U : 0U;
      if (item.fate != ItemFate::kMissing) continue;
      for (const std::uint32_t person : left.persons(l))
        EXPECT_FALSE(right_persons.contains(person));
    }
    EXPECT_EQ(pairs, static_cast<std::size_t>(
                         std::ranges::count(pairing.right, ItemFate::kPaired, &PairedItem::fate)));
    std::ranges::reverse(possible);
    const ListPairing again = pair_lists(left, right, possible, equal_likeness);
    for (std::uint32_t l = 0; l < left.count(); ++l)
      EXPECT_EQ(again.left[l].other, pairing.left[l].other);
  }
}

}  // namespace
}  // namespace bidui::link
