#include "matcher/link/duplicate_rows.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "tests/matcher/record/sample_person.h"

namespace bidui::link {
namespace {

record::PersonFeatures row(std::uint32_t sequence, const std::string& name = "刘德斌") {
  return record::build_features(
      {.name = name,
       .id_number =
           sequence == 0 ? "" : record::id_number_of(record::kSampleCounty, 19781104, sequence),
       .birth = "1978-11-04",
       .sex = "男",
       .township = "破凉镇",
       .village = "河口村"});
}

// How many rows of the right side are united with an earlier one, where all are plausible partners
// of every left record.
std::size_t united(const std::vector<record::PersonFeatures>& lefts,
                   const std::vector<record::PersonFeatures>& rights, float weight = 5) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t l = 0; l < lefts.size(); ++l) {
    for (std::uint32_t r = 0; r < rights.size(); ++r)
      pairs.push_back({.left = l, .right = r, .weight = weight});
  }
  const std::span<const CandidatePair> all(pairs);
  const RowNumbers partners = number_rows(all, &CandidatePair::left);
  const RowNumbers rows = number_rows(all, &CandidatePair::right);
  UnionFind groups = duplicate_groups(
      {.pairs = all,
       .side = &CandidatePair::right,
       .partner_side = &CandidatePair::left,
       .rows = rows,
       .partners = partners},
      [&](std::uint32_t r) { return &rights[r]; }, [&](std::uint32_t l) { return &lefts[l]; });
  std::size_t count = 0;
  for (std::uint32_t r = 0; r < groups.size(); ++r) count += groups.find(r) != r ? 1 : 0;
  return count;
}
std::size_t united(const std::vector<record::PersonFeatures>& rights, float weight = 5) {
  return united({row(0)}, rights, weight);
}

TEST(DuplicateRows, UnitesTheRowsOfOnePerson) {
  EXPECT_EQ(united({row(123), row(123)}), 1U);
  EXPECT_EQ(united({row(123), row(0), row(123)}), 2U);
  EXPECT_EQ(united({row(123), row(125)}), 0U);
}

TEST(DuplicateRows, ARowWithoutNumberBringsNoTwoNumbersTogether) {
  std::vector<record::PersonFeatures> rows = {row(0), row(123), row(125), row(123)};
  std::ranges::sort(rows, {}, &record::PersonFeatures::id_digits);
  do {
    EXPECT_EQ(united(rows), 1U);  // those of one number
  } while (std::ranges::next_permutation(rows, {}, &record::PersonFeatures::id_digits).found);
}

TEST(DuplicateRows, TwoPeopleOnTheOtherSideAreTwoPeopleHere) {
  EXPECT_EQ(united({row(123), row(125)}, {row(0), row(0)}), 0U);
  EXPECT_EQ(united({row(123), row(123)}, {row(0), row(0)}), 1U);
  record::PersonFeatures twin = row(125);  // of another name, and absent on the right side
  twin.name = record::build_features({.name = "刘德武"}).name;
  EXPECT_EQ(united({row(123), twin}, {row(0), row(0)}), 1U);
}

TEST(DuplicateRows, LikeNamesUnderOneNumberAreTwoPeopleWhereTheOtherSideHasBoth) {
  const std::vector<record::PersonFeatures> rows = {row(123), row(123, "刘德宾")};
  EXPECT_EQ(united({row(123)}, rows), 1U);
  EXPECT_EQ(united({row(123), row(456, "刘德宾")}, rows), 0U);
}

TEST(DuplicateRows, AsksOnlyOfPlausiblePartners) {
  EXPECT_EQ(united({row(123), row(123)}, -1), 0U);
}

TEST(DuplicateRows, APlaceholdersRowsStayApart) {
  EXPECT_EQ(united(std::vector(33, row(123))), 0U);
}

}  // namespace
}  // namespace bidui::link
