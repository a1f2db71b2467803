#include <gtest/gtest.h>
#include <set>

#include "matcher/compare/levels.h"
#include "matcher/model/model.h"

namespace bidui::model {
namespace {

// The last level of each comparison: what speaks most against a match.
constexpr int kLastLevels[] = {static_cast<int>(compare::NameLevel::kDifferent),
                               static_cast<int>(compare::IdLevel::kDifferent),
                               static_cast<int>(compare::BirthLevel::kDifferent),
                               static_cast<int>(compare::SexLevel::kDifferent),
                               static_cast<int>(compare::AddressLevel::kDifferent),
                               static_cast<int>(compare::PhoneLevel::kDifferent),
                               static_cast<int>(compare::HouseholdLevel::kElsewhere),
                               static_cast<int>(compare::HolderLevel::kNobody),
                               static_cast<int>(compare::TextLevel::kDifferent)};

TEST(LevelNames, EveryLevelHasANameOfItsOwnAndATitle) {
  for (int c = 0; c <= compare::kPersonComparisons; ++c) {
    std::set<std::string_view> names;
    const int last = kLastLevels[c];
    for (int level = 0; level <= last; ++level) {
      EXPECT_TRUE(names.insert(level_name(c, level)).second) << c << "," << level;
      EXPECT_FALSE(level_name(c, level).empty()) << c << "," << level;
      EXPECT_FALSE(level_title(c, level).empty()) << c << "," << level;
    }
    EXPECT_EQ(level_name(c, 0), "missing");
    const bool of_others = c == static_cast<int>(compare::Comparison::kHousehold) ||
                           c == static_cast<int>(compare::Comparison::kHolder);
    EXPECT_EQ(level_name(c, last) == "different", !of_others) << c;
    EXPECT_EQ(level_name(c, last + 1), "");
    EXPECT_EQ(level_name(c, -1), "");
  }
}

TEST(LevelNames, PersonComparisonsAreNamed) {
  std::set<std::string_view> names;
  for (int c = 0; c < compare::kPersonComparisons; ++c) {
    EXPECT_TRUE(names.insert(comparison_name(c)).second);
    EXPECT_FALSE(comparison_title(c).empty());
  }
  EXPECT_EQ(comparison_name(compare::kPersonComparisons), "");
  EXPECT_EQ(comparison_name(-1), "");
}

TEST(DefaultModel, ProbabilitiesSumToOneInEveryClassAndContext) {
  using compare::TextKind;
  const Model model =
      default_model({.texts = {TextKind::kName, TextKind::kText, TextKind::kIdentifier,
                               TextKind::kNumber, TextKind::kCategory}},
                    1000, 2000);
  for (const LevelTable* table : {&model.match, &model.relative, &model.stranger}) {
    for (int c = 0; c < model.plan.comparison_count(); ++c) {
      for (const auto& levels : table->p[static_cast<std::size_t>(c)]) {
        double sum = 0;
        for (std::size_t level = 1; level < levels.size(); ++level) sum += levels[level];
        EXPECT_NEAR(sum, 1, 1e-12) << c;
        EXPECT_EQ(levels[0], 1) << "missing is no evidence";
      }
    }
  }
  EXPECT_NEAR(model.match_share, .8 * 1000 / (1000.0 * 2000), 1e-12);
  EXPECT_LT(model.match_share + model.relative_share, 1);
}

TEST(DefaultModel, AgreementSpeaksForAMatchAndDisagreementAgainst) {
  const Model model = default_model({}, 1000, 1000);
  for (std::size_t c = 0; c < compare::kPersonComparisons; ++c) {
    const auto last = static_cast<std::size_t>(kLastLevels[c]);
    EXPECT_GT(model.match.p[c][0][1], model.stranger.p[c][0][1]) << c;
    EXPECT_LT(model.match.p[c][0][last], model.stranger.p[c][0][last]) << c;
  }
}

TEST(DefaultModel, TinyFilesHaveAUsablePrior) {
  for (const double size : {0.0, 1.0, 2.0}) {
    const Model model = default_model({}, size, size);
    EXPECT_GE(model.match_share, 0);
    EXPECT_LE(model.match_share, 1) << size;
    EXPECT_GE(model.relative_share, 0);
  }
}

}  // namespace
}  // namespace bidui::model
