#include "matcher/model/scorer.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "tests/matcher/model/synthetic_vectors.h"

namespace bidui::model {
namespace {

using compare::Comparison;

constexpr ComparisonVector at(Comparison comparison, int level) {
  return compare::at_level(comparison, static_cast<std::uint64_t>(level));
}

// The product of the levels' probabilities, comparison by comparison.
double probability(const LevelTable& table, ComparisonVector vector, int comparisons) {
  double product = 1;
  for (int c = 0; c < comparisons; ++c) {
    const auto level = static_cast<std::size_t>(compare::level_at(vector, c));
    const auto context = static_cast<std::size_t>(compare::context_of(c, vector));
    product *= level == 0 ? 1 : table.p[static_cast<std::size_t>(c)][context][level];
  }
  return product;
}

TEST(Scorer, WeightIsBayesByHand) {
  const Model model = default_model({}, 5000, 20000);
  const Scorer scorer(model);
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const LevelTable& source = i % 3 == 0   ? model.match
                               : i % 3 == 1 ? model.relative
                                            : model.stranger;
    const ComparisonVector vector = draw_vector(source, .2, random);
    const double match = model.match_share * probability(model.match, vector, 6);
    const double relative = model.relative_share * probability(model.relative, vector, 6);
    const double stranger =
        (1 - model.match_share - model.relative_share) * probability(model.stranger, vector, 6);
    ASSERT_NEAR(scorer.weight(vector), std::log2(match / (relative + stranger)), 1e-3) << i;
  }
}

TEST(Scorer, WithoutRelativesTheSummandsAddUpToTheWeight) {
  Model model = default_model({}, 5000, 20000);
  model.relative_share = 0;
  model.relative = model.stranger;
  const Scorer scorer(model);
  std::mt19937_64 random(4);
  for (int i = 0; i < 1000; ++i) {
    const ComparisonVector vector =
        draw_vector(i % 2 == 0 ? model.match : model.stranger, .2, random);
    const ClassScores priors = scorer.priors();
    double sum = priors.match - priors.stranger;
    for (int c = 0; c < 6; ++c) sum += scorer.summand(c, vector);
    ASSERT_NEAR(scorer.weight(vector), sum, 1e-3) << i;
  }
}

TEST(Scorer, MissingSaysNothing) {
  const Scorer scorer(default_model({}, 100, 100));
  for (int c = 0; c < 6; ++c) EXPECT_EQ(scorer.summand(c, 0), 0);
  const ClassScores scores = scorer.score(0);
  EXPECT_NEAR(std::exp2(scores.match) + std::exp2(scores.relative) + std::exp2(scores.stranger), 1,
              1e-6);
}

TermBits with(Term term, double bits) {
  TermBits terms;
  terms.person[static_cast<std::size_t>(term)] = static_cast<float>(bits);
  return terms;
}
TermBits name_share(double share) { return with(Term::kName, std::log2(share)); }

TEST(Scorer, RareNameWeighsMoreThanACommonOne) {
  const Scorer scorer(default_model({}, 10'000, 10'000));
  const ComparisonVector exact = at(Comparison::kName, 1) | at(Comparison::kBirth, 1);
  const double common = scorer.weight(exact, name_share(1e-2));
  const double average = scorer.weight(exact);
  const double rare = scorer.weight(exact, name_share(1e-6));
  EXPECT_LT(common, average);
  EXPECT_LT(average, rare);
  const ComparisonVector homophone =
      at(Comparison::kName, static_cast<int>(compare::NameLevel::kHomophone));
  EXPECT_EQ(scorer.weight(homophone, name_share(1e-6)), scorer.weight(homophone));
}

TEST(Scorer, TermFrequencyTakesThePlaceOfTheAverage) {
  const Model model = default_model({}, 10'000, 10'000);
  const Scorer scorer(model);
  const ComparisonVector exact = at(Comparison::kName, 1);
  const ClassScores plain = scorer.score(exact);
  const ClassScores own = scorer.score(exact, name_share(1e-3));
  EXPECT_EQ(own.match, plain.match);
  EXPECT_EQ(own.relative, plain.relative);
  EXPECT_NEAR(own.stranger - plain.stranger, std::log2(1e-3 / model.stranger.p[0][0][1]), 1e-3);
}

TEST(Scorer, EachLevelHangsOnItsOwnTerm) {
  const Scorer scorer(default_model({}, 10'000, 10'000));
  const auto bits = [&](compare::NameLevel level, Term term, int address) {
    const ComparisonVector vector =
        at(Comparison::kName, static_cast<int>(level)) | at(Comparison::kAddress, address);
    return scorer.score(vector, with(term, 3)).stranger - scorer.score(vector).stranger;
  };
  constexpr int kVillage = static_cast<int>(compare::AddressLevel::kVillage);
  constexpr int kTownship = static_cast<int>(compare::AddressLevel::kTownship);
  using compare::NameLevel;
  EXPECT_EQ(bits(NameLevel::kHomophone, Term::kSound, kTownship), 3);
  EXPECT_EQ(bits(NameLevel::kHomophone, Term::kSurname, kTownship), 0);
  EXPECT_EQ(bits(NameLevel::kOneCharacter, Term::kSurname, kTownship), 3);
  EXPECT_EQ(bits(NameLevel::kGivenOnly, Term::kGivenName, kTownship), 3);
  EXPECT_EQ(bits(NameLevel::kDifferent, Term::kSurname, kTownship), 0);
  EXPECT_EQ(bits(NameLevel::kDifferent, Term::kVillage, kVillage), 3);
  EXPECT_EQ(bits(NameLevel::kDifferent, Term::kVillage, kTownship), 0);
  // A clan lives in one village: not both count.
  EXPECT_EQ(bits(NameLevel::kOneCharacter, Term::kSurname, kVillage), 0);
}

TEST(Scorer, AnEqualColumnCountsByItsOwnShare) {
  const Model model = default_model({.texts = {compare::TextKind::kName}}, 1000, 1000);
  const Scorer scorer(model);
  const std::array<float, 1> column{-12};
  const auto bits = [&](compare::TextLevel level) {
    const auto vector =
        compare::at_level(compare::kPersonComparisons, static_cast<std::uint64_t>(level));
    return scorer.score(vector, {{}, column}).stranger - scorer.score(vector).stranger;
  };
  EXPECT_NEAR(bits(compare::TextLevel::kEqual),
              -12 - std::log2(model.stranger.p[compare::kPersonComparisons][0][1]), 1e-5);
  EXPECT_EQ(bits(compare::TextLevel::kNear), 0);
}

TEST(Scorer, TwinIsALikelierRelativeThanMatch) {
  // Same birth date, village and surname, another number and given name: not one person.
  const Scorer scorer(default_model({}, 10'000, 100'000));
  const ComparisonVector twin =
      at(Comparison::kName, static_cast<int>(compare::NameLevel::kOneCharacter)) |
      at(Comparison::kId, static_cast<int>(compare::IdLevel::kRegionBirth)) |
      at(Comparison::kAddress, 1) | at(Comparison::kPhone, 1);
  EXPECT_LT(scorer.weight(twin), 0);
}

TEST(Scorer, ProbabilityIsTheLogisticOfTheWeight) {
  EXPECT_EQ(probability_of(0), .5);
  EXPECT_NEAR(probability_of(std::log2(.95 / .05)), .95, 1e-12);
  EXPECT_EQ(probability_of(-2000), 0);
  EXPECT_EQ(probability_of(2000), 1);
}

TEST(Scorer, ImpossibleLevelIsFiniteEvidence) {
  Model model = default_model({}, 100, 100);
  model.stranger.p[1][0][1] = 0;
  const Scorer scorer(model);
  EXPECT_TRUE(std::isfinite(scorer.weight(at(Comparison::kId, 1))));
}

}  // namespace
}  // namespace bidui::model
