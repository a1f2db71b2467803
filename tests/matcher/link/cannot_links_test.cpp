#include "matcher/link/cannot_links.h"

#include <gmock/gmock.h>
#include <random>
#include <set>

#include "matcher/link/candidate_search.h"

namespace bidui::link {
namespace {

using testing::ElementsAre;

TEST(CannotLinks, AreASetOfPairsWithoutDirection) {
  const CannotLinks links({{7, 2}, {1, 9}, {2, 7}});
  EXPECT_THAT(links.pairs(), ElementsAre(RecordPair{1, 9}, RecordPair{2, 7}));
  EXPECT_TRUE(links.contains(2, 7));
  EXPECT_TRUE(links.contains(7, 2));
  EXPECT_FALSE(links.contains(1, 2));
  EXPECT_FALSE(CannotLinks().contains(0, 1));
}

TEST(CannotLinks, AreTakenOutOfThePairs) {
  std::vector<CandidatePair> pairs = {{.left = 0, .right = 0}, {.left = 0, .right = 1}};
  drop_cannot_links(pairs, CannotLinks({{101, 0}}), 100);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs.front().right, 0U);
}

// Against all pairs of members, whatever is joined.
TEST(VetoedSets, KnowTheirPairsAfterEveryJoin) {
  constexpr std::uint32_t kRecords = 12;
  std::mt19937_64 random(77);
  const auto any = [&] { return static_cast<std::uint32_t>(random() % kRecords); };
  for (int step = 0; step < 300; ++step) {
    std::vector<RecordPair> pairs;
    for (int n = 0; n < 6; ++n) pairs.emplace_back(any(), any());
    std::erase_if(pairs, [](const RecordPair& p) { return p.first == p.second; });
    VetoedSets vetoes{CannotLinks(pairs)};
    UnionFind sets(kRecords);
    for (int join = 0; join < 10; ++join) {
      const std::uint32_t a = sets.find(any());
      const std::uint32_t b = sets.find(any());
      if (a == b) continue;
      const bool apart = std::ranges::any_of(pairs, [&](const RecordPair& p) {
        return std::set{sets.find(p.first), sets.find(p.second)} == std::set{a, b};
      });
      ASSERT_EQ(vetoes.are_apart(sets, a, b), apart) << "step " << step;
      if (apart) continue;
      sets.unite(a, b);
      vetoes.join(std::min(a, b), std::max(a, b));
    }
  }
}

}  // namespace
}  // namespace bidui::link
