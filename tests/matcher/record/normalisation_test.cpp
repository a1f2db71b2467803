// Features of cells that were normalised and printed again are the features of the cells
// themselves.
#include <bit>
#include <cstring>
#include <gtest/gtest.h>

#include "matcher/text/id_number.h"
#include "matcher/text/name.h"
#include "tests/matcher/record/person_error.h"

namespace bidui::record {
namespace {

static_assert(std::has_unique_object_representations_v<NameFeature>);

bool same_bytes(const NameFeature& a, const NameFeature& b) {
  return std::memcmp(&a, &b, sizeof(a)) == 0;
}

std::string printed_birth(std::uint32_t birth) {
  if (birth == 0) return {};
  const std::string digits = std::to_string(birth);
  if (birth % 10000 == 0) return digits.substr(0, 4);
  return birth % 100 == 0 ? digits.substr(0, 6) : digits;
}

PersonCells normalised(const PersonCells& cells) {
  PersonCells result = cells;
  const PersonFeatures p = build_features(cells);
  result.name = text::to_utf8(text::standardise_name(cells.name).main);
  const text::IdNumber id = text::parse_id_number(cells.id_number);
  // A lost digit cannot be printed as lost where the number is a prefix.
  if (p.id_class != IdClass::kPrefix) result.id_number = text::format_id(id);
  if ((p.flags & kBirthFromId) == 0) result.birth = printed_birth(p.birth);
  return result;
}

void expect_same(const PersonFeatures& a, const PersonFeatures& b, const std::string& where) {
  EXPECT_TRUE(same_bytes(a.name, b.name)) << where;
  EXPECT_EQ(a.name_hash, b.name_hash) << where;
  EXPECT_EQ(a.name_fold, b.name_fold) << where;
  EXPECT_EQ(a.alias_fold, b.alias_fold) << where;
  EXPECT_EQ(a.birth, b.birth) << where;
  EXPECT_EQ(a.id_digits, b.id_digits) << where;
  EXPECT_EQ(a.id_check, b.id_check) << where;
  EXPECT_EQ(a.id_prefix, b.id_prefix) << where;
  EXPECT_EQ(a.sex, b.sex) << where;
  EXPECT_EQ(a.division, b.division) << where;
  EXPECT_EQ(a.village, b.village) << where;
  EXPECT_EQ(a.group, b.group) << where;
  EXPECT_EQ(a.phone, b.phone) << where;
}

TEST(Normalisation, IsIdempotentUnderEveryError) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    PersonGenerator people(seed);
    for (const PersonError error : all_errors()) {
      if (error == PersonError::kNamePinyin) continue;  // a box is printed in place of the letters
      PersonCells original = people.next();
      PersonCells copy = original;
      if (!make_error(error, original, copy, people.random())) continue;
      expect_same(build_features(copy), build_features(normalised(copy)),
                  "seed " + std::to_string(seed) + ", " + std::string(error_name(error)));
    }
  }
}

// What a typist adds around a value must leave no trace in the features.
TEST(Normalisation, DressOfACellLeavesNoTrace) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    PersonGenerator people(seed);
    const PersonCells plain = people.next();
    PersonCells dressed = plain;
    dressed.name = "　" + plain.name.substr(0, 3) + " " + plain.name.substr(3) + "（户主）";
    dressed.id_number = "'" + plain.id_number.substr(0, 6) + " " + plain.id_number.substr(6, 8) +
                        "\u00A0" + plain.id_number.substr(14);
    dressed.birth = plain.birth.substr(0, 4) + "年" + plain.birth.substr(5, 2) + "月" +
                    plain.birth.substr(8) + "日";
    dressed.phone = "+86 " + plain.phone;
    dressed.group = plain.group + "组";
    expect_same(build_features(plain), build_features(dressed), "seed " + std::to_string(seed));
  }
}

}  // namespace
}  // namespace bidui::record
