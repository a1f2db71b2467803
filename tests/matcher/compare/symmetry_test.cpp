// What holds of every comparison: the order of the two sides does not matter, and a record agrees
// exactly with itself.
#include <gtest/gtest.h>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"
#include "matcher/compare/comparison_vector.h"
#include "matcher/model/model.h"
#include "tests/matcher/record/person_error.h"

namespace bidui::compare {
namespace {

using record::build_features;
using record::PersonCells;
using record::PersonFeatures;
using record::PersonGenerator;

ComparisonVector compared(const PersonFeatures& a, const PersonFeatures& b) {
  return compare_records({}, {&a}, {&b});
}

std::string describe(ComparisonVector vector) {
  std::string text;
  for (int c = 0; c < kPersonComparisons; ++c)
    text += std::string(model::level_name(c, level_at(vector, c))) + " ";
  return text;
}

// People near to each other: copies with one or two errors, and strangers.
std::vector<PersonFeatures> crowd(std::uint64_t seed) {
  PersonGenerator people(seed);
  std::vector<PersonFeatures> features;
  for (int person = 0; person < 3; ++person) {
    PersonCells original = people.next();
    for (const auto error : record::all_errors()) {
      PersonCells copy = original;
      record::make_error(error, original, copy, people.random());
      features.push_back(build_features(copy));
    }
    features.push_back(build_features(original));
  }
  for (const char* name : {"SMITH JOHN", "JOHN SMITH", "JOHN ADAM SMITH", "ADAM SMITH JOHN",
                           "SMITH", "阿卜杜拉·买买提", "阿卜杜拉", "阿布都拉买买提", "次仁曲珍"})
    features.push_back(build_features({.name = name}));
  return features;
}

TEST(Symmetry, SidesMayBeExchanged) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const std::vector<PersonFeatures> features = crowd(seed);
    for (const PersonFeatures& a : features) {
      for (const PersonFeatures& b : features) {
        const ComparisonVector ab = compared(a, b);
        const ComparisonVector ba = compared(b, a);
        ASSERT_EQ(ab, ba) << "seed " << seed << ", rows " << &a - features.data() << " and "
                          << &b - features.data() << ": " << describe(ab) << "| " << describe(ba);
      }
    }
  }
}

TEST(Symmetry, ARecordAgreesExactlyWithItself) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const PersonFeatures p = build_features(PersonGenerator(seed).next());
    EXPECT_EQ(compare_name(p, p), NameLevel::kExact);
    EXPECT_EQ(compare_id(p, p), IdLevel::kEqual);
    EXPECT_EQ(compare_birth(p.birth, p.birth), BirthLevel::kEqual);
    EXPECT_EQ(compare_sex(p.sex, p.sex), SexLevel::kEqual);
    EXPECT_LE(compare_address(p, p), AddressLevel::kGroup);
    EXPECT_EQ(compare_phone(p.phone, p.phone), PhoneLevel::kEqual);
  }
}

// No error makes a record disagree with an equal copy of itself; a damaged name is never exact.
TEST(Symmetry, DamageIsNeverExactByAccident) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    for (const PersonFeatures& p : crowd(seed)) {
      const NameLevel name = compare_name(p, p);
      const bool damaged = (p.name.flags & record::kFlagDamaged) != 0;
      if (damaged) {
        EXPECT_NE(name, NameLevel::kExact) << "seed " << seed;
      } else {
        EXPECT_LE(name, NameLevel::kExact) << "seed " << seed;
      }
      EXPECT_LE(compare_birth(p.birth, p.birth), BirthLevel::kPartial) << "seed " << seed;
      EXPECT_LE(compare_id(p, p), IdLevel::kPrefix) << "seed " << seed;
    }
  }
}

// One error is a near level of its field, and touches no other field but what depends on it.
TEST(Symmetry, OneErrorLeavesTheOtherFieldsEqual) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    PersonGenerator people(seed);
    for (const auto error : record::all_errors()) {
      PersonCells original = people.next();
      PersonCells copy = original;
      if (!record::make_error(error, original, copy, people.random())) continue;
      const ComparisonVector v = compared(build_features(original), build_features(copy));
      const std::string where = "seed " + std::to_string(seed) + ", " +
                                std::string(record::error_name(error)) + ": " + describe(v);
      if (error > record::PersonError::kNameMissing) {
        EXPECT_EQ(level_at(v, 0), static_cast<int>(NameLevel::kExact)) << where;
      }
      if (error < record::PersonError::kIdOneDigit || error > record::PersonError::kIdRelative) {
        EXPECT_EQ(level_at(v, 1), static_cast<int>(IdLevel::kEqual)) << where;
      }
      if (error < record::PersonError::kVillageOther) {
        EXPECT_LE(level_at(v, 4), static_cast<int>(AddressLevel::kGroup)) << where;
        EXPECT_EQ(level_at(v, 5), static_cast<int>(PhoneLevel::kEqual)) << where;
      }
    }
  }
}

TEST(Symmetry, FreeColumnsToo) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string texts[2];
    for (std::string& text : texts) {
      text.resize(random() % 8);
      for (char& c : text) c = static_cast<char>('A' + random() % 3);
    }
    const auto a = record::build_text_feature(texts[0]);
    const auto b = record::build_text_feature(texts[1]);
    for (const TextKind kind : {TextKind::kName, TextKind::kText, TextKind::kIdentifier,
                                TextKind::kNumber, TextKind::kCategory}) {
      ASSERT_EQ(compare_text(kind, a, b), compare_text(kind, b, a)) << texts[0] << "|" << texts[1];
      ASSERT_LE(compare_text(kind, a, a), TextLevel::kEqual);
    }
  }
}

}  // namespace
}  // namespace bidui::compare
