#include "matcher/link/hot_keys.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

#include "matcher/link/key_index.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 998877;
using Keys = std::vector<std::vector<key::FuzzyKey>>;

// Rows with a few very common keys, covered or bare, and refinements of which some are missing.
Keys random_keys(std::size_t rows, std::mt19937_64& random) {
  constexpr std::array kCoverages = {key::Coverage::kBare, key::Coverage::kCovered};
  Keys keys(rows);
  for (auto& row : keys) {
    const key::Coverage coverage = kCoverages[random() % 2];
    for (std::uint64_t n = random() % 6; n > 0; --n) {
      const std::uint64_t value = random() % 2 == 0 ? random() % 5 : 5 + random() % 200;
      const std::uint64_t refinement = random() % 3 == 0 ? random() % 3 : random() % 40;
      row.push_back({mix64(value + 1), refinement, key::KeyKind::kPhone,
                     value % 2 == 0 ? coverage : key::Coverage::kAny});
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

// As hot_keys.h describes it, by maps of sets.
HotKeys slow_hot_keys(const Keys& keys, std::size_t cap, const HotKeys& frozen) {
  using Lists = std::map<std::uint64_t, std::array<std::set<std::size_t>, 2>>;
  const auto hot = [&](const Lists& lists, const HashSet& already) {
    std::vector<std::uint64_t> bases;
    for (const auto& [base, list] : lists) {
      if (!already.contains(base) && std::max(list[0].size(), list[1].size()) > cap)
        bases.push_back(base);
    }
    return HashSet(std::move(bases));
  };
  const auto lists_of = [&](const auto& base_of) {
    Lists lists;
    for (std::size_t row = 0; row < keys.size(); ++row) {
      for (const key::FuzzyKey& key : keys[row]) {
        const std::uint64_t base = base_of(key);
        if (base != 0) lists[base][key.coverage == key::Coverage::kCovered ? 1 : 0].insert(row);
      }
    }
    return lists;
  };
  HotKeys later;
  later.refined =
      hot(lists_of([](const key::FuzzyKey& k) { return key_base(k.hash); }), frozen.refined);
  const HotKeys all = merged(frozen, later);
  const auto refined = [&](const key::FuzzyKey& k) {
    const bool is_refined = k.refinement != 0 && all.refined.contains(key_base(k.hash));
    return is_refined ? refined_base(key_base(k.hash), k.refinement) : std::uint64_t{0};
  };
  later.cut = hot(lists_of(refined), frozen.cut);
  return later;
}

TEST(HotKeys, AreThoseOfASlowCount) {
  std::mt19937_64 random(kSeed);
  for (const std::uint32_t cap : {1U, 10U, 60U, 100'000U}) {
    const Keys keys = random_keys(1500, random);
    const Keys earlier = random_keys(1500, random);
    const HotKeys frozen = take_census(1500, function_of(earlier), cap).all();
    for (const HotKeys& given : {HotKeys{}, frozen}) {
      const KeyCensus census = take_census(keys.size(), function_of(keys), cap, given);
      EXPECT_EQ(census.frozen, given);
      EXPECT_EQ(census.later, slow_hot_keys(keys, cap, given))
          << "seed " << kSeed << " cap " << cap;
    }
  }
}

// Whichever of two records is indexed: incremental runs index the few that changed.
TEST(HotKeys, PairsMeetWhicheverSideIsIndexed) {
  std::mt19937_64 random(kSeed + 1);
  const Keys left = random_keys(300, random);
  const Keys right = random_keys(300, random);
  for (const std::uint32_t cap : {1U, 5U, 25U, 1000U}) {
    const HotKeys hot = take_census(left.size(), function_of(left), cap).all();
    const auto meeting = [&](const Keys& indexed, const Keys& streamed, bool turned) {
      const KeyIndex index(indexed.size(), function_of(indexed), hot);
      std::set<std::pair<std::size_t, std::size_t>> pairs;
      for (std::size_t s = 0; s < streamed.size(); ++s) {
        for (const key::FuzzyKey& key : streamed[s]) {
          for (const auto list : index.find(key)) {
            for (const KeyIndex::Posting& posting : list) {
              const std::size_t i = posting.record;
              pairs.insert(turned ? std::pair(s, i) : std::pair(i, s));
            }
          }
        }
      }
      return pairs;
    };
    EXPECT_EQ(meeting(left, right, false), meeting(right, left, true)) << "cap " << cap;
  }
}

TEST(HashSet, ContainsWhatAStdSetContains) {
  std::mt19937_64 random(kSeed + 2);
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < 1000; ++i) hashes.push_back(mix64(random() % 3000));
  const std::set<std::uint64_t> expected(hashes.begin(), hashes.end());
  const HashSet set(hashes);
  EXPECT_EQ(set.size(), expected.size());
  for (std::uint64_t i = 0; i < 3000; ++i)
    EXPECT_EQ(set.contains(mix64(i)), expected.contains(mix64(i)));
  EXPECT_FALSE(HashSet().contains(0));
}

}  // namespace
}  // namespace bidui::link
