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

// 1000 left records with one pair of 8 bits each: .4 % of them are false, says the model, which
// cannot know that nobody else resembles them. `rivalled` of them have a second partner alike.
Decisions decisions(std::uint32_t rivalled, std::uint64_t left_records) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    pairs.push_back({.left = i, .right = 2 * i, .vector = 1, .weight = 18});
    if (i < rivalled)
      pairs.push_back({.left = i, .right = 2 * i + 1, .vector = 1, .weight = 10});
    else
      pairs.back().weight = 8;
  }
  return decide(pairs, {.left_records = left_records});
}

TEST(SecondPartners, LinkWhereTheModelAloneIsNotSure) {
  EXPECT_EQ(decisions(0, 0).link_count, 0U);
  EXPECT_EQ(decisions(0, 1100).link_count, 1000U);
  EXPECT_NEAR(decisions(0, 1100).expected_false_links, 3.9, .1);  // the model's, which is more
}

TEST(SecondPartners, DoNotWhereTheyAreMany) {
  EXPECT_EQ(decisions(30, 1100).link_count, 0U);
  // Nearly nobody has a partner: a handful of second ones is as many as there are links.
  EXPECT_EQ(decisions(0, 100'000).link_count, 0U);
}

}  // namespace
}  // namespace bidui::link
