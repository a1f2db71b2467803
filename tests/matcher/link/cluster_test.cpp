#include "matcher/link/cluster.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "matcher/link/components.h"

namespace bidui::link {
namespace {

using Rows = std::pair<std::uint32_t, std::uint32_t>;

std::vector<CandidatePair> pairs_of(std::initializer_list<std::tuple<int, int, double>> rows) {
  std::vector<CandidatePair> pairs;
  for (const auto& [left, right, weight] : rows) {
    pairs.push_back({.left = static_cast<std::uint32_t>(left),
                     .right = static_cast<std::uint32_t>(right),
                     .weight = static_cast<float>(weight)});
  }
  return pairs;
}

std::map<Rows, Decision> decisions_of(const Decisions& decisions) {
  std::map<Rows, Decision> result;
  for (const Link& link : decisions.links) result[{link.left, link.right}] = link.decision;
  return result;
}

constexpr Decision kLink = Decision::kLink;
constexpr Decision kPossible = Decision::kPossible;

TEST(Clusters, AllPairsOfAClusterAreLinks) {
  const Decisions d = decide_clusters(pairs_of({{0, 1, 30}, {1, 2, 30}}), 3, {});
  EXPECT_EQ(decisions_of(d),
            (std::map<Rows, Decision>{{{0, 1}, kLink}, {{0, 2}, kLink}, {{1, 2}, kLink}}));
  const auto implied = std::ranges::find(d.links, Rows{0, 2}, [](const Link& l) {
    return Rows{l.left, l.right};
  });
  EXPECT_EQ(implied->pair, kImpliedPair);
}

TEST(Clusters, ABridgeDoesNotMergeTwoPeople) {
  // 0-1-2 and 3-4-5 are two people; 2 and 3 look alike by chance, the others were compared and
  // differ.
  const auto pairs = pairs_of({{0, 1, 30},
                               {0, 2, 30},
                               {1, 2, 30},
                               {3, 4, 30},
                               {3, 5, 30},
                               {4, 5, 30},
                               {2, 3, 15},
                               {0, 3, -10},
                               {1, 4, -10},
                               {2, 5, -10}});
  std::vector<CandidatePair> sorted = pairs;
  std::ranges::sort(sorted, {}, [](const CandidatePair& p) { return Rows{p.left, p.right}; });
  const auto decisions = decisions_of(decide_clusters(sorted, 6, {}));
  EXPECT_EQ(decisions.at({2, 3}), kPossible);
  EXPECT_FALSE(decisions.contains({0, 5}));
  EXPECT_EQ(std::ranges::count_if(decisions, [](const auto& d) { return d.second == kLink; }), 6);
}

TEST(Clusters, ABridgeBetweenPeopleNeverComparedDoesNotMergeThemEither) {
  const auto pairs = pairs_of(
      {{0, 1, 30}, {0, 2, 30}, {1, 2, 30}, {2, 3, 15}, {3, 4, 30}, {3, 5, 30}, {4, 5, 30}});
  const auto decisions = decisions_of(decide_clusters(pairs, 6, {}));
  EXPECT_EQ(decisions.at({2, 3}), kPossible);
}

TEST(Clusters, TwoPairsHeldTogetherByOneWeakLinkGoToReview) {
  const auto decisions =
      decisions_of(decide_clusters(pairs_of({{0, 1, 30}, {1, 2, 20}, {2, 3, 30}}), 4, {}));
  EXPECT_EQ(decisions,
            (std::map<Rows, Decision>{{{0, 1}, kLink}, {{1, 2}, kPossible}, {{2, 3}, kLink}}));
}

TEST(Clusters, ASecondLinkMakesNoBridge) {
  const auto decisions = decisions_of(
      decide_clusters(pairs_of({{0, 1, 30}, {0, 3, 18}, {1, 2, 20}, {2, 3, 30}}), 4, {}));
  EXPECT_EQ(decisions.size(), 6U);
}

TEST(Clusters, EqualNumberAndNameAreABridgeThatHolds) {
  auto pairs = pairs_of({{0, 1, 30}, {1, 2, 20}, {2, 3, 30}});
  pairs[1].vector = compare::at_level(compare::Comparison::kId,
                                      static_cast<std::uint64_t>(compare::IdLevel::kEqual)) |
                    compare::at_level(compare::Comparison::kName,
                                      static_cast<std::uint64_t>(compare::NameLevel::kExact));
  EXPECT_EQ(decisions_of(decide_clusters(pairs, 4, {})).size(), 6U);
}

TEST(Clusters, AContradictionInsideAClusterGoesToReview) {
  // 0 and 2 were never compared, and cannot be one person.
  const ClusterChecks checks{
      .contradict = [](std::uint32_t a, std::uint32_t b) { return a + b == 2 && a != b; }};
  const auto decisions =
      decisions_of(decide_clusters(pairs_of({{0, 1, 30}, {1, 2, 25}}), 3, {}, checks));
  EXPECT_EQ(decisions, (std::map<Rows, Decision>{{{0, 1}, kLink}, {{1, 2}, kPossible}}));
}

TEST(Clusters, CannotLinksKeepClustersApart) {
  const ClusterChecks checks{.cannot_links = CannotLinks({{3, 0}})};
  const auto decisions = decisions_of(decide_clusters(
      pairs_of({{0, 1, 30}, {0, 2, 29}, {1, 2, 28}, {1, 3, 26}, {2, 3, 27}}), 4, {}, checks));
  EXPECT_EQ(decisions, (std::map<Rows, Decision>{{{0, 1}, kLink},
                                                 {{0, 2}, kLink},
                                                 {{1, 2}, kLink},
                                                 {{1, 3}, kPossible},
                                                 {{2, 3}, kPossible}}));
}

record::PersonFeatures person(std::uint64_t id, std::uint8_t sex, std::uint32_t birth,
                              std::uint64_t household) {
  record::PersonFeatures p{};
  p.id_digits = id;
  p.id_class = id == 0 ? record::IdClass::kMissing : record::IdClass::kValid;
  p.sex = sex;
  p.birth = birth;
  p.household = household;
  return p;
}

TEST(Clusters, RowsContradictByNumberOrWithinAHousehold) {
  using record::kSexFemale;
  using record::kSexMale;
  const auto a = person(34082619500101001, kSexMale, 19500101, 7);
  EXPECT_FALSE(rows_contradict(a, a));
  EXPECT_TRUE(rows_contradict(a, person(34082619500101002, kSexMale, 19500101, 7)));
  EXPECT_TRUE(rows_contradict(a, person(0, kSexFemale, 19770101, 7)));
  EXPECT_FALSE(rows_contradict(a, person(0, kSexMale, 19770101, 7))) << "birth alone";
  EXPECT_FALSE(rows_contradict(a, person(0, kSexFemale, 19500101, 7))) << "sex alone";
  EXPECT_FALSE(rows_contradict(a, person(0, kSexFemale, 19770101, 8))) << "another household";
  EXPECT_FALSE(rows_contradict(a, person(0, kSexFemale, 0, 7))) << "birth unknown";
  auto unverified = person(34082619500101002, kSexMale, 19500101, 0);
  unverified.id_class = record::IdClass::kUnverified;
  EXPECT_FALSE(rows_contradict(a, unverified));
}

TEST(Clusters, WeakPairsJoinNothing) {
  const auto decisions = decisions_of(decide_clusters(pairs_of({{0, 1, 1}, {1, 2, -8}}), 3, {}));
  EXPECT_EQ(decisions, (std::map<Rows, Decision>{{{0, 1}, kPossible}}));
}

TEST(Clusters, NothingGivesNothing) {
  EXPECT_TRUE(decide_clusters({}, 0, {}).links.empty());
  EXPECT_TRUE(decide_clusters({}, 5, {}).links.empty());
}

// Links are transitive and symmetric whatever the pairs are, and do not depend on row numbers where
// no weights are equal.
TEST(Clusters, LinksAreAnEquivalenceAndFollowTheRows) {
  std::mt19937_64 random(21);
  for (int step = 0; step < 200; ++step) {
    constexpr std::uint32_t kRows = 14;
    std::vector<std::uint32_t> order(kRows);
    for (std::uint32_t i = 0; i < kRows; ++i) order[i] = i;
    std::ranges::shuffle(order, random);
    std::vector<CandidatePair> pairs;
    std::vector<CandidatePair> moved;
    float tie_breaker = 0;
    for (std::uint32_t l = 0; l < kRows; ++l) {
      for (std::uint32_t r = l + 1; r < kRows; ++r) {
        if (random() % 4 != 0) continue;
        tie_breaker += .001F;
        const float weight = static_cast<float>(random() % 50) - 15 + tie_breaker;
        pairs.push_back({.left = l, .right = r, .weight = weight});
        moved.push_back({.left = std::min(order[l], order[r]),
                         .right = std::max(order[l], order[r]),
                         .weight = weight});
      }
    }
    std::ranges::sort(moved, {}, [](const CandidatePair& p) { return Rows{p.left, p.right}; });
    const auto plain = decisions_of(decide_clusters(pairs, kRows, {}));
    const auto other = decisions_of(decide_clusters(moved, kRows, {}));
    std::map<Rows, Decision> back;
    UnionFind sets(kRows);
    std::size_t links = 0;
    for (const auto& [rows, decision] : plain) {
      back[std::minmax(order[rows.first], order[rows.second])] = decision;
      if (decision == kLink) sets.unite(rows.first, rows.second);
      links += decision == kLink ? 1 : 0;
    }
    EXPECT_EQ(back, other) << "step " << step;
    std::size_t implied = 0;
    for (std::uint32_t a = 0; a < kRows; ++a) {
      for (std::uint32_t b = a + 1; b < kRows; ++b) implied += sets.find(a) == sets.find(b) ? 1 : 0;
    }
    EXPECT_EQ(links, implied) << "step " << step;
  }
}

}  // namespace
}  // namespace bidui::link
