// Union-find, value counts and vector counts against the containers of the library.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "matcher/link/components.h"
#include "matcher/link/value_counter.h"
#include "matcher/link/vector_counter.h"

namespace bidui::link {
namespace {

TEST(UnionFind, SetsAreNamedByTheirSmallestElementWhateverTheOrder) {
  std::mt19937_64 random(5);
  for (int step = 0; step < 200; ++step) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> unions;
    for (int i = 0; i < 12; ++i)
      unions.push_back(
          {static_cast<std::uint32_t>(random() % 20), static_cast<std::uint32_t>(random() % 20)});
    std::vector<std::uint32_t> label(20);  // relabelling everything, again and again
    for (std::uint32_t x = 0; x < 20; ++x) label[x] = x;
    for (const auto& [a, b] : unions) {
      const std::uint32_t low = std::min(label[a], label[b]);
      const std::uint32_t high = std::max(label[a], label[b]);
      for (std::uint32_t& l : label) l = l == high ? low : l;
    }
    std::ranges::shuffle(unions, random);
    UnionFind sets(20);
    for (const auto& [a, b] : unions) {
      const bool apart = sets.find(a) != sets.find(b);
      EXPECT_EQ(sets.unite(a, b), apart);
    }
    for (std::uint32_t x = 0; x < 20; ++x) EXPECT_EQ(sets.find(x), label[x]) << "step " << step;
  }
}

TEST(ValueCounter, CountsAsAMapDoes) {
  std::mt19937_64 random(6);
  std::map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> expected;
  ValueCounter counter(3000);
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t value = random() % 700;
    counter.add_left(value);
    if (value != 0) ++expected[value].first;
  }
  for (int i = 0; i < 10'000; ++i) {
    const std::uint64_t value = random() % 1400;
    counter.add_right(value);
    if (const auto at = expected.find(value); at != expected.end()) ++at->second.second;
  }
  for (std::uint64_t value = 0; value < 1400; ++value) {
    EXPECT_EQ(counter.left_count(value), expected[value].first) << value;
    EXPECT_EQ(counter.right_count(value), expected[value].second) << value;
  }
}

TEST(ValueCounter, MissingIsNeverCounted) {
  ValueCounter counter(0);
  counter.add_left(0);
  counter.add_right(0);
  counter.add_right(5);
  EXPECT_EQ(counter.left_count(0), 0U);
  EXPECT_EQ(counter.right_count(5), 0U);
}

TEST(VectorCounter, CountsAsAMapDoes) {
  std::mt19937_64 random(7);
  std::map<std::uint64_t, std::uint64_t> expected;
  VectorCounter counter;
  for (int i = 0; i < 50'000; ++i) {
    const std::uint64_t vector = random() % 5000;  // 0 is a vector too: nothing known
    const std::uint64_t count = 1 + random() % 3;
    counter.add(vector, count);
    expected[vector] += count;
  }
  const std::vector<model::VectorCount> counts = counter.counts();
  ASSERT_EQ(counts.size(), expected.size());
  auto at = expected.begin();
  for (const model::VectorCount& c : counts) {
    EXPECT_EQ(c.vector, at->first);
    EXPECT_EQ(c.count, at->second);
    ++at;
  }
}

}  // namespace
}  // namespace bidui::link
