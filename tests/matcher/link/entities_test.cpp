#include "matcher/link/entities.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 90210;

// Poverty 0-5, allowance 6-9, houses 10-12 (an owner may have several), civil 13-20.
const std::vector<SourceSpan> kSources = {{.first = 0, .count = 6},
                                          {.first = 6, .count = 4},
                                          {.first = 10, .count = 3, .person_once = false},
                                          {.first = 13, .count = 8}};
constexpr std::uint32_t kSpine = 13;
constexpr std::uint32_t kRecords = 21;

std::vector<std::uint32_t> labels(const Entities& entities) {
  std::vector<std::uint32_t> result;
  for (std::uint32_t r = 0; r < kRecords; ++r) result.push_back(entities.entity_of(r));
  return result;
}

// Each record has at most one link to the spine, as an assignment gives it.
std::vector<RecordLink> random_links(std::mt19937_64& random) {
  std::vector<RecordLink> links;
  for (std::uint32_t a = 0; a < kSpine; ++a) {
    if (random() % 3 == 0) continue;
    const auto b = static_cast<std::uint32_t>(kSpine + random() % (kRecords - kSpine));
    links.push_back({a, b, static_cast<double>(random() % 30)});
  }
  for (std::uint64_t n = random() % 12; n > 0; --n) {
    const auto a = static_cast<std::uint32_t>(random() % (kSpine - 1));
    const auto b = static_cast<std::uint32_t>(a + 1 + random() % (kSpine - a - 1));
    links.push_back({a, b, static_cast<double>(random() % 30)});
  }
  return links;
}

TEST(Entities, RecordsWithoutLinksAreEntitiesOfTheirOwn) {
  const Entities entities = build_entities(kSources, {});
  EXPECT_EQ(entities.count(), kRecords);
  EXPECT_EQ(build_entities({}, {}).count(), 0U);
}

TEST(Entities, PartnersOfOneSpineRecordAreOnePerson) {
  const std::vector<RecordLink> links = {{0, 13, 20}, {6, 13, 20}, {10, 13, 20}, {11, 13, 20}};
  const Entities entities = build_entities(kSources, links);
  const auto members = entities.members(entities.entity_of(13));
  EXPECT_EQ(std::vector<std::uint32_t>(members.begin(), members.end()),
            (std::vector<std::uint32_t>{0, 6, 10, 11, 13}));
}

TEST(Entities, ALinkThatContradictsTheSpineIsNotFollowed) {
  const std::vector<RecordLink> links = {{0, 13, 20}, {6, 14, 20}, {0, 6, 40}};
  const Entities entities = build_entities(kSources, links);
  EXPECT_NE(entities.entity_of(0), entities.entity_of(6));
}

TEST(Entities, HeavierLinkComesFirstWhereBothCannotBe) {
  const std::vector<RecordLink> links = {{0, 6, 10}, {1, 6, 20}};
  const Entities entities = build_entities(kSources, links);
  EXPECT_EQ(entities.entity_of(1), entities.entity_of(6));
  EXPECT_NE(entities.entity_of(0), entities.entity_of(6));
}

TEST(Entities, APersonEnteredTwiceIsOneEntity) {
  const Entities entities = build_entities(kSources, std::vector<RecordLink>{{0, 1, 30}});
  EXPECT_EQ(entities.entity_of(0), entities.entity_of(1));
}

TEST(Entities, HoldTheirPromisesOnRandomLinks) {
  std::mt19937_64 random(kSeed);
  for (int step = 0; step < 500; ++step) {
    std::vector<RecordLink> links = random_links(random);
    const Entities entities = build_entities(kSources, links);
    const std::vector<std::uint32_t> plain = labels(entities);
    std::ranges::shuffle(links, random);
    EXPECT_EQ(labels(build_entities(kSources, links)), plain) << "order, step " << step;
    std::uint32_t last_first = 0;
    for (std::uint32_t e = 0; e < entities.count(); ++e) {
      const auto members = entities.members(e);
      ASSERT_FALSE(members.empty());
      EXPECT_TRUE(std::ranges::is_sorted(members));
      EXPECT_TRUE(e == 0 || members.front() > last_first) << "entities follow their first record";
      last_first = members.front();
      const auto spine = std::ranges::count_if(members, [](auto r) { return r >= kSpine; });
      EXPECT_LE(spine, 1) << "seed " << kSeed << ", step " << step;
      for (const std::uint32_t r : members) EXPECT_EQ(entities.entity_of(r), e);
    }
    for (const RecordLink& link : links) {
      if (link.b >= kSpine) {
        EXPECT_EQ(plain[link.a], plain[link.b]);
      }
    }
  }
}

bool together(const Entities& entities, std::uint32_t a, std::uint32_t b) {
  return entities.entity_of(a) == entities.entity_of(b);
}

TEST(Entities, AVetoedPairIsKeptApartByItsWeakestLink) {
  struct Case {
    const char* what;
    std::vector<RecordLink> links;
    RecordPair vetoed;
    std::vector<RecordPair> joined;
    std::vector<RecordPair> apart;
  };
  const std::vector<Case> cases = {
      {"the pair itself", {{0, 13, 20}}, {0, 13}, {}, {{0, 13}}},
      {"the spine link is the weakest", {{0, 6, 30}, {6, 13, 10}}, {0, 13}, {{0, 6}}, {{6, 13}}},
      {"the other is", {{0, 6, 10}, {6, 13, 30}}, {0, 13}, {{6, 13}}, {{0, 6}}},
      {"partners of one spine record", {{0, 13, 10}, {6, 13, 20}}, {6, 0}, {{6, 13}}, {{0, 13}}},
      {"duplicates share their partner as before",
       {{0, 13, 20}, {1, 13, 20}, {6, 13, 10}},
       {6, 0},
       {{0, 13}, {1, 13}},
       {{6, 13}}},
      {"two of the spine stay two",
       {{0, 13, 20}, {0, 6, 30}, {6, 14, 10}},
       {13, 14},
       {{0, 6}, {0, 13}},
       {{6, 14}, {13, 14}}},
      {"elsewhere nothing changes", {{0, 13, 20}, {6, 13, 10}}, {1, 14}, {{0, 13}, {6, 13}}, {}},
  };
  for (const Case& c : cases) {
    const Entities entities = build_entities(kSources, c.links, CannotLinks({c.vetoed}));
    for (const auto& [a, b] : c.joined) EXPECT_TRUE(together(entities, a, b)) << c.what << a << b;
    for (const auto& [a, b] : c.apart) EXPECT_FALSE(together(entities, a, b)) << c.what << a << b;
  }
}

TEST(Entities, NeverHoldAVetoedPairWhateverTheOrder) {
  std::mt19937_64 random(kSeed);
  for (int step = 0; step < 500; ++step) {
    std::vector<RecordLink> links = random_links(random);
    std::vector<RecordPair> pairs;
    for (std::uint64_t n = random() % 8; n > 0; --n) {
      const auto a = static_cast<std::uint32_t>(random() % kRecords);
      const auto b = static_cast<std::uint32_t>(random() % kRecords);
      if (a != b) pairs.emplace_back(a, b);
    }
    const Entities entities = build_entities(kSources, links, CannotLinks(pairs));
    for (const auto& [a, b] : pairs) EXPECT_FALSE(together(entities, a, b)) << "step " << step;
    std::ranges::shuffle(links, random);
    for (auto& [a, b] : pairs) std::swap(a, b);
    std::ranges::shuffle(pairs, random);
    EXPECT_EQ(labels(build_entities(kSources, links, CannotLinks(pairs))), labels(entities))
        << "order, step " << step;
    for (std::uint32_t e = 0; e < entities.count(); ++e) {
      const auto members = entities.members(e);
      EXPECT_LE(std::ranges::count_if(members, [](auto r) { return r >= kSpine; }), 1);
    }
  }
}

}  // namespace
}  // namespace bidui::link
