#include "matcher/compare/comparison_vector.h"

#include <gtest/gtest.h>

#include "tests/matcher/record/sample_person.h"

namespace bidui::compare {
namespace {

using record::build_features;
using record::id_number_of;

int level(Comparison comparison, ComparisonVector vector) {
  return level_at(vector, static_cast<int>(comparison));
}

ComparisonVector compared(const record::PersonCells& a, const record::PersonCells& b) {
  const record::PersonFeatures x = build_features(a);
  const record::PersonFeatures y = build_features(b);
  return compare_records({}, {&x}, {&y});
}

const std::string kNumber = id_number_of(342826, 19550312, 101);

TEST(ComparisonVector, BirthInsideAgreeingNumbersIsNotCountedTwice) {
  const ComparisonVector v = compared({.id_number = kNumber}, {.id_number = kNumber});
  EXPECT_EQ(level(Comparison::kId, v), static_cast<int>(IdLevel::kEqual));
  EXPECT_EQ(level(Comparison::kBirth, v), 0);
  EXPECT_EQ(level(Comparison::kSex, v), 0);
}

TEST(ComparisonVector, BirthFromOneNumberIsComparedWhereTheOtherHasNone) {
  const ComparisonVector v = compared({.id_number = kNumber}, {.birth = "1955-03-12", .sex = "女"});
  EXPECT_EQ(level(Comparison::kId, v), 0);
  EXPECT_EQ(level(Comparison::kBirth, v), static_cast<int>(BirthLevel::kEqual));
  EXPECT_EQ(level(Comparison::kSex, v), static_cast<int>(SexLevel::kDifferent));
  EXPECT_EQ(context_of(static_cast<int>(Comparison::kBirth), v), 0);
}

TEST(ComparisonVector, OwnBirthDatesAreEvidenceBesideEqualNumbers) {
  const ComparisonVector v = compared({.id_number = kNumber, .birth = "1955-03-12"},
                                      {.id_number = kNumber, .birth = "1955-12-03"});
  EXPECT_EQ(level(Comparison::kBirth, v), static_cast<int>(BirthLevel::kSwapped));
  EXPECT_EQ(context_of(static_cast<int>(Comparison::kBirth), v), 1);
}

TEST(ComparisonVector, ContextTellsHowTheNumbersAgree) {
  const ComparisonVector v = compared(
      {.id_number = kNumber, .birth = "1955-03-12", .sex = "男"},
      {.id_number = id_number_of(342826, 19700101, 102), .birth = "1955-03-12", .sex = "男"});
  EXPECT_EQ(level(Comparison::kId, v), static_cast<int>(IdLevel::kRegion));
  EXPECT_EQ(context_of(static_cast<int>(Comparison::kBirth), v), 2);
  EXPECT_EQ(context_of(static_cast<int>(Comparison::kSex), v), 2);
  EXPECT_EQ(context_of(static_cast<int>(Comparison::kName), v), 0);
}

TEST(ComparisonVector, NothingKnownIsNoEvidence) { EXPECT_EQ(compared({}, {}), 0U); }

TEST(ComparisonVector, FreeColumnsFollowThePersonsComparisons) {
  const ComparisonPlan plan{.texts = {TextKind::kName, TextKind::kNumber}};
  const record::PersonFeatures nobody;
  const std::vector a = {record::build_text_feature("Smith"), record::build_text_feature("12")};
  const std::vector b = {record::build_text_feature("Smyth"), record::build_text_feature("12")};
  const ComparisonVector v = compare_records(plan, {&nobody, a}, {&nobody, b});
  EXPECT_EQ(level_at(v, kPersonComparisons), static_cast<int>(TextLevel::kNear));
  EXPECT_EQ(level_at(v, kPersonComparisons + 1), static_cast<int>(TextLevel::kEqual));
  EXPECT_EQ(v & 0xFFFFFFU, 0U);
  EXPECT_EQ(plan.comparison_count(), kPersonComparisons + 2);
}

TEST(ComparisonVector, NamesInEachOthersPlaceAreToldOnce) {
  const ComparisonPlan plan{.texts = {TextKind::kName, TextKind::kNumber, TextKind::kName}};
  const record::PersonFeatures nobody;
  struct Case {
    std::array<std::string_view, 3> left, right;
    TextLevel first, second;
  };
  using enum TextLevel;
  const std::vector<Case> cases = {
      {{"Nathan", "1", "Morrison"}, {"Morrison", "1", "Nathan"}, kExchanged, kEqual},
      {{"Nathan", "1", "Morrison"}, {"Morison", "1", "Nathan"}, kExchanged, kNear},
      {{"Nathan", "1", "Morrison"}, {"Nathan", "1", "Morrison"}, kEqual, kEqual},
      {{"Nathan", "1", "Morrison"}, {"Morrison", "1", "Ellis"}, kDifferent, kDifferent},
      {{"Nathan", "1", "Morrison"}, {"Morrison", "1", ""}, kDifferent, kMissing}};
  const auto texts = [](const std::array<std::string_view, 3>& cells) {
    std::vector<record::TextFeature> features;
    for (const std::string_view cell : cells) features.push_back(record::build_text_feature(cell));
    return features;
  };
  for (const Case& c : cases) {
    const std::vector a = texts(c.left);
    const std::vector b = texts(c.right);
    const ComparisonVector v = compare_records(plan, {&nobody, a}, {&nobody, b});
    EXPECT_EQ(v, compare_records(plan, {&nobody, b}, {&nobody, a})) << "symmetric";
    EXPECT_EQ(level_at(v, kPersonComparisons), static_cast<int>(c.first)) << c.right[0];
    EXPECT_EQ(level_at(v, kPersonComparisons + 2), static_cast<int>(c.second)) << c.right[0];
  }
}

}  // namespace
}  // namespace bidui::compare
