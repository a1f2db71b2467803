#include "matcher/link/duplicate_rows.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "tests/matcher/record/sample_person.h"

namespace bidui::link {
namespace {

record::PersonFeatures row(std::uint32_t sequence) {
  return record::build_features(
      {.name = "刘德斌",
       .id_number =
           sequence == 0 ? "" : record::id_number_of(record::kSampleCounty, 19781104, sequence),
       .birth = "1978-11-04",
       .sex = "男",
       .township = "破凉镇",
       .village = "河口村"});
}

// How many rows of the right side are united with an earlier one, where all are plausible partners
// of one left record.
std::size_t united(const std::vector<record::PersonFeatures>& rights, float weight = 5) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t r = 0; r < rights.size(); ++r)
    pairs.push_back({.left = 0, .right = r, .weight = weight});
  const RowNumbers lefts = number_rows(std::span<const CandidatePair>(pairs), &CandidatePair::left);
  const RowNumbers numbers =
      number_rows(std::span<const CandidatePair>(pairs), &CandidatePair::right);
  UnionFind groups = duplicate_groups(
      {.pairs = pairs, .side = &CandidatePair::right, .rows = numbers, .partners = lefts},
      [&](std::uint32_t r) { return &rights[r]; });
  std::size_t count = 0;
  for (std::uint32_t r = 0; r < groups.size(); ++r) count += groups.find(r) != r ? 1 : 0;
  return count;
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

TEST(DuplicateRows, AsksOnlyOfPlausiblePartners) {
  EXPECT_EQ(united({row(123), row(123)}, -1), 0U);
}

TEST(DuplicateRows, APlaceholdersRowsStayApart) {
  EXPECT_EQ(united(std::vector(33, row(123))), 0U);
}

}  // namespace
}  // namespace bidui::link
