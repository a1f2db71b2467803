#include "matcher/text/mask.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "matcher/text/utf8.h"
#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

std::size_t shown(const std::string& masked) {
  const std::u32string chars = to_utf32(masked);
  return chars.size() - static_cast<std::size_t>(std::count(chars.begin(), chars.end(), U'*'));
}

// kind, input, masked, note
TEST(MaskTest, CasesHold) {
  const auto rows = case_rows("masks.tsv");
  ASSERT_GT(rows.size(), 30u);
  for (const CaseRow& row : rows) {
    const std::string kind = row.at(0);
    const std::string masked = kind == "id"        ? mask_id(row.at(1))
                               : kind == "name"    ? mask_name(row.at(1))
                               : kind == "phone"   ? mask_phone(row.at(1))
                               : kind == "address" ? mask_address(row.at(1))
                                                   : mask_other(row.at(1));
    EXPECT_EQ(masked, row.at(2)) << row.place;
  }
}

// Whatever the cell holds, no more is shown than the policy says.
TEST(MaskTest, OddValuesShowNoMore) {
  for (const CaseRow& row : case_rows("id_numbers.tsv")) {
    EXPECT_LE(shown(mask_id(row.at(0))), 8u) << row.place;
    EXPECT_LE(shown(mask_phone(row.at(0))), 5u) << row.place;
    EXPECT_LE(shown(mask_other(row.at(0))), 1u) << row.place;
  }
  for (const CaseRow& row : case_rows("names.tsv")) {
    EXPECT_LE(shown(mask_name(row.at(0))), 1u) << row.place;
  }
  for (const CaseRow& row : case_rows("phones.tsv")) {
    EXPECT_LE(shown(mask_phone(row.at(0))), 5u) << row.place;
  }
}

// The birth date (digits 7 to 14) and most of the sequence stay hidden.
TEST(MaskTest, BirthDateStaysHidden) {
  const std::string masked = mask_id("342826194810010055");
  EXPECT_EQ(masked.substr(6, 10), "**********");
}

TEST(MaskTest, MaskingTwiceShowsNoMore) {
  for (const CaseRow& row : case_rows("masks.tsv")) {
    EXPECT_LE(shown(mask_id(mask_id(row.at(1)))), shown(mask_id(row.at(1)))) << row.place;
    EXPECT_LE(shown(mask_name(mask_name(row.at(1)))), shown(mask_name(row.at(1)))) << row.place;
  }
}

}  // namespace
}  // namespace bidui::text
