#include "matcher/model/train_household.h"

#include <gtest/gtest.h>

#include "matcher/compare/levels.h"
#include "matcher/model/expectation.h"
#include "matcher/model/scorer.h"

namespace bidui::model {
namespace {

using compare::Comparison;
using compare::HolderLevel;
using compare::IdLevel;
using compare::NameLevel;

ComparisonVector vector_of(NameLevel name, IdLevel id, HolderLevel holder) {
  return compare::at_level(Comparison::kName, static_cast<std::uint64_t>(name)) |
         compare::at_level(Comparison::kId, static_cast<std::uint64_t>(id)) |
         compare::at_level(Comparison::kAddress,
                           static_cast<std::uint64_t>(compare::AddressLevel::kHouse)) |
         compare::at_level(Comparison::kHolder, static_cast<std::uint64_t>(holder));
}

double holder_of(const LevelTable& table, HolderLevel level) {
  return table.p[static_cast<std::size_t>(Comparison::kHolder)][0][static_cast<std::size_t>(level)];
}

Model start_model() { return default_model({}, 5000, 100000); }

// Owners whose number is their wife's, wives compared with them, and namesakes.
std::vector<VectorCount> counts() {
  return merge_counts(
      {{vector_of(NameLevel::kExact, IdLevel::kRegion, HolderLevel::kHousehold), 400},
       {vector_of(NameLevel::kDifferent, IdLevel::kRegion, HolderLevel::kHousehold), 300},
       {vector_of(NameLevel::kDifferent, IdLevel::kRegion, HolderLevel::kNobody), 5000}});
}

TEST(TrainHousehold, LearnsWhoseContradictingNumbersMatchesHave) {
  Model model = start_model();
  train_household(model, counts());
  EXPECT_GT(holder_of(model.match, HolderLevel::kHousehold), .9);
  EXPECT_LT(holder_of(model.match, HolderLevel::kNobody), .1);
  EXPECT_LT(holder_of(model.stranger, HolderLevel::kHousehold), 1e-3);
  const auto weight = [&](HolderLevel level) {
    return Scorer(model).weight(vector_of(NameLevel::kExact, IdLevel::kRegion, level));
  };
  EXPECT_GT(weight(HolderLevel::kHousehold), weight(HolderLevel::kNobody) + 3);
}

TEST(TrainHousehold, MovesNothingElse) {
  Model model = start_model();
  const Model before = model;
  train_household(model, counts());
  for (std::size_t c = 0; c < static_cast<std::size_t>(Comparison::kHousehold); ++c) {
    for (std::size_t level = 0; level < compare::kLevelCount; ++level) {
      EXPECT_NEAR(model.match.p[c][0][level], before.match.p[c][0][level], 1e-8);
      EXPECT_NEAR(model.stranger.p[c][0][level], before.stranger.p[c][0][level], 1e-8);
    }
  }
  EXPECT_NEAR(model.match_share / before.match_share, 1, 1e-8);
}

TEST(TrainHousehold, WithoutPairsTheModelStands) {
  Model model = start_model();
  train_household(model, {});
  EXPECT_EQ(model_to_json(model), model_to_json(start_model()));
}

TEST(Expectation, PairsKnownToBeApartAreNoMatches) {
  const Model model = start_model();
  const auto same = vector_of(NameLevel::kExact, IdLevel::kEqual, HolderLevel::kMissing);
  const std::vector<VectorCount> candidates{{same, 10}};
  EXPECT_NEAR(expect(model, candidates).matches, 10, 1e-3);
  const std::vector<VectorCount> four{{same, 4}};
  const Expectation e = expect(model, candidates, four);
  EXPECT_NEAR(e.matches, 6, 1e-3);
  const std::vector<VectorCount> all{{same, 10}};
  EXPECT_EQ(expect(model, candidates, all).matches, 0);
}

TEST(Expectation, EveryPairIsCountedOnce) {
  const Model model = start_model();
  const auto vector = vector_of(NameLevel::kHomophone, IdLevel::kRegion, HolderLevel::kNobody);
  const std::vector<VectorCount> candidates{{vector, 100}};
  const std::vector<VectorCount> apart{{vector, 30}};
  const Expectation e = expect(model, candidates, apart);
  const auto level = static_cast<std::size_t>(HolderLevel::kNobody);
  const auto at = static_cast<std::size_t>(Comparison::kHolder);
  // Three kinds of pairs, each with its share: what is no match and no relative is a stranger.
  EXPECT_LE(e.matches, 70);
  EXPECT_LE(e.matches + e.relatives, 100 + 1e-9);
  EXPECT_DOUBLE_EQ(e.stranger.table(model.stranger, 0).p[at][0][level], 1);
}

}  // namespace
}  // namespace bidui::model
