#include "matcher/link/key_index.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "matcher/base/hash.h"
#include "tests/reference/key_map.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 112233;

using Keys = std::vector<std::vector<key::FuzzyKey>>;

// Rows with keys of which a few are very common; refinements too, and some are missing.
Keys random_keys(std::size_t rows, std::mt19937_64& random) {
  Keys keys(rows);
  for (auto& row : keys) {
    for (std::uint64_t n = random() % 6; n > 0; --n) {
      const std::uint64_t value = random() % 4 == 0 ? random() % 5 : 5 + random() % 2000;
      const std::uint64_t refinement = random() % 3 == 0 ? random() % 3 : random() % 400;
      row.push_back(
          {mix64(value + 1), refinement,
           static_cast<key::KeyKind>(value % static_cast<std::uint64_t>(key::KeyKind::kCount))});
    }
  }
  return keys;
}

KeyFunction function_of(const Keys& keys) {
  return [&keys](std::size_t row, key::KeyList& list) {
    for (const key::FuzzyKey& key : keys[row])
      list.add(key.kind, key.hash, key.refinement, key.coverage);
  };
}

KeyIndex capped_index(const Keys& keys, std::uint32_t cap) {
  return {keys.size(), function_of(keys), take_census(keys.size(), function_of(keys), cap).all()};
}

// What is found must not have been ruled out before.
std::set<std::uint32_t> found(const KeyIndex& index, const key::FuzzyKey& key) {
  std::set<std::uint32_t> all;
  for (const auto list : index.find(key)) {
    EXPECT_TRUE(std::ranges::is_sorted(list, {}, &KeyIndex::Posting::record));
    for (const KeyIndex::Posting& posting : list) all.insert(posting.record);
  }
  index.prefetch_filter(key);
  EXPECT_TRUE(all.empty() || index.may_find(key));
  return all;
}

TEST(KeyIndex, FindsWhatAMultimapFinds) {
  std::mt19937_64 random(kSeed);
  for (const std::uint32_t cap : {1U, 3U, 20U, 1000U}) {
    const Keys keys = random_keys(6000, random);
    const KeyIndex index = capped_index(keys, cap);
    reference::KeyMap map(cap);
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
      for (const key::FuzzyKey& key : keys[row]) map.add(key.hash, key.refinement, row);
    }
    for (const auto& row : random_keys(4000, random)) {
      for (const key::FuzzyKey& key : row) {
        ASSERT_EQ(found(index, key), map.find(key.hash, key.refinement))
            << "seed " << kSeed << ", cap " << cap;
      }
    }
  }
}

TEST(KeyIndex, ProbeMeetsAtMostTheCap) {
  std::mt19937_64 random(kSeed + 1);
  const Keys keys = random_keys(6000, random);
  const KeyIndex index = capped_index(keys, 7);
  for (const auto& row : keys) {
    for (const key::FuzzyKey& key : row) EXPECT_LE(found(index, key).size(), 7U);
  }
}

// Every entry is kept, refined and kept, or cut: nothing is lost silently.
TEST(KeyIndex, CountsWhatTheCapDid) {
  constexpr auto kKind = key::KeyKind::kNameYear;
  Keys keys(30);
  for (std::size_t row = 0; row < 20; ++row)  // hot: 10 with refinement 1, 5 with 2, 5 without
    keys[row] = {{mix64(1), row < 10 ? 1U : row < 15 ? 2U : 0U, kKind}};
  for (std::size_t row = 20; row < 30; ++row) keys[row] = {{mix64(row), 1, kKind}};
  const KeyIndex index = capped_index(keys, 8);
  const KeyCensus census = take_census(keys.size(), function_of(keys), 8);
  const KeyKindCounts counts = census.counts[static_cast<std::size_t>(kKind)];
  EXPECT_EQ(counts.keys, 30U);
  EXPECT_EQ(counts.refined_keys, 20U);
  EXPECT_EQ(counts.cut_keys, 15U);  // the ten of refinement 1, and the five without
  EXPECT_EQ(found(index, {mix64(1), 2, kKind}).size(), 5U);
  EXPECT_TRUE(found(index, {mix64(1), 1, kKind}).empty());
  EXPECT_TRUE(found(index, {mix64(1), 0, kKind}).empty());
}

TEST(KeyIndex, RowOrderChangesNoAnswer) {
  std::mt19937_64 random(kSeed + 2);
  const Keys keys = random_keys(2000, random);
  Keys reversed = keys;
  std::ranges::reverse(reversed);
  const KeyIndex index = capped_index(keys, 5);
  const KeyIndex other = capped_index(reversed, 5);
  for (const auto& row : keys) {
    for (const key::FuzzyKey& key : row) {
      std::set<std::uint32_t> turned;
      for (const std::uint32_t r : found(other, key)) turned.insert(1999 - r);
      ASSERT_EQ(found(index, key), turned);
    }
  }
}

TEST(KeyIndex, RulesOutNearlyAllKeysThatNoRecordHas) {
  Keys keys(3000);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    for (std::uint64_t i = 0; i < 18; ++i)
      keys[row].push_back({mix64(row * 18 + i + 1), 1, key::KeyKind::kId});
  }
  const KeyIndex index = capped_index(keys, 10);
  int passed = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i)
    passed += index.may_find({mix64(1'000'000 + i), 1, key::KeyKind::kId}) ? 1 : 0;
  EXPECT_LT(passed, 6000);
}

TEST(KeyIndex, EmptyIndexFindsNothing) {
  const KeyIndex index = capped_index({}, 10);
  EXPECT_TRUE(found(index, {mix64(1), 1, key::KeyKind::kId}).empty());
  EXPECT_EQ(index.entry_count(), 0U);
  EXPECT_FALSE(index.may_find({mix64(1), 1, key::KeyKind::kId}));
  index.prefetch_directory({mix64(1), 1, key::KeyKind::kId});
  index.prefetch_entries({mix64(1), 1, key::KeyKind::kId});
}

TEST(KeyIndex, CoveredRecordsMeetOnlyBareOnes) {
  using key::Coverage;
  constexpr auto kKind = key::KeyKind::kSurnameVillageGroup;
  const key::FuzzyKey bare{mix64(1), 1, kKind, Coverage::kBare};
  const key::FuzzyKey covered{mix64(1), 1, kKind, Coverage::kCovered};
  const Keys keys = {{bare}, {covered}, {bare}, {covered}};
  const KeyIndex index = capped_index(keys, 10);
  EXPECT_EQ(found(index, covered), (std::set<std::uint32_t>{0, 2}));
  EXPECT_EQ(found(index, bare), (std::set<std::uint32_t>{0, 1, 2, 3}));
}

TEST(KeyIndex, EqualKeysOfOneRowCountOnce) {
  const Keys keys = {{{mix64(1), 1, key::KeyKind::kId}, {mix64(1), 1, key::KeyKind::kPhone}}};
  const KeyIndex index = capped_index(keys, 10);
  EXPECT_EQ(found(index, keys[0][0]), (std::set<std::uint32_t>{0}));
  EXPECT_EQ(index.entry_count(), 1U);
}

}  // namespace
}  // namespace bidui::link
