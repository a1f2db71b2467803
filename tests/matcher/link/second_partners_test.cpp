#include "matcher/link/second_partners.h"

#include <gtest/gtest.h>
#include <limits>

#include "matcher/link/decision.h"

namespace bidui::link {
namespace {

constexpr double kNobody = -std::numeric_limits<double>::infinity();

TEST(SecondPartners, ExpectAsManyFalseLinksAsAbsentPeopleWouldHaveSuchAPartner) {
  const SecondPartners seconds{.weights = {9, 4, 4, kNobody, kNobody}, .absent = 10};
  EXPECT_DOUBLE_EQ(seconds.false_links(20), 2);  // none does; one is thought possible
  EXPECT_DOUBLE_EQ(seconds.false_links(9), 4);
  EXPECT_DOUBLE_EQ(seconds.false_links(4.5), 8);  // 4 counts for more: within log2(3/2)
  EXPECT_DOUBLE_EQ(seconds.false_links(-100), 8);
}

TEST(SecondPartners, GiveTheSmallestThresholdWithinTheWish) {
  std::vector<double> links(1000, 8.0);
  links.insert(links.end(), 100, 3.0);
  const SecondPartners none{.weights = std::vector(1000, kNobody), .absent = 100};
  EXPECT_EQ(find_threshold(links, none, .001), 3);
  SecondPartners some = none;
  for (std::size_t i = 0; i < 20; ++i) some.weights[i] = 3;  // 2.1 false links from 3 down
  EXPECT_EQ(find_threshold(links, some, .001), 8);
  EXPECT_EQ(find_threshold(links, some, .01), 3);
  EXPECT_GT(find_threshold(links, some, .00001), 8);
}

// 1000 left records with a pair of 8 bits: .4 % of them are false, says the model, which cannot
// know that nobody else resembles them. `rivalled` of them have a second partner who does; `absent`
// others have none at all.
Decisions decisions(std::uint32_t rivalled, std::uint32_t absent) {
  constexpr std::uint32_t kLinked = 1000;
  std::vector<CandidatePair> pairs;
  for (std::uint32_t i = 0; i < kLinked; ++i) {
    const bool second = i < rivalled;
    pairs.push_back({.left = i, .right = 2 * i, .vector = 1, .weight = second ? 18.0F : 8.0F});
    pairs.push_back(
        {.left = i, .right = 2 * i + 1, .vector = 1, .weight = second ? 10.0F : -10.0F});
  }
  for (std::uint32_t i = kLinked; i < kLinked + absent; ++i)
    pairs.push_back({.left = i, .right = 2 * i, .vector = 1, .weight = -10});
  return decide(pairs, {});
}

TEST(SecondPartners, LinkWhereTheModelAloneIsNotSure) {
  const Decisions d = decisions(0, 100);
  EXPECT_EQ(d.link_count, 1000U);
  EXPECT_NEAR(d.expected_false_links, .1, 1e-9);
}

TEST(SecondPartners, DoNotWhereTheyOrTheAbsentAreMany) {
  EXPECT_EQ(decisions(30, 100).link_count, 0U);
  EXPECT_EQ(decisions(0, 2000).link_count, 0U);
}

}  // namespace
}  // namespace bidui::link
