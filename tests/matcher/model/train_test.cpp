#include "matcher/model/train.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "matcher/model/scorer.h"
#include "tests/matcher/model/synthetic_vectors.h"

namespace bidui::model {
namespace {

constexpr std::uint64_t kSeed = 1969;

void set_levels(LevelTable& table, int comparison, std::vector<double> values) {
  for (auto& levels : table.p[static_cast<std::size_t>(comparison)]) {
    levels.fill(0);
    levels[0] = 1;
    for (std::size_t i = 0; i < values.size(); ++i) levels[i + 1] = values[i];
  }
}

// A world that errs much more than the default model expects.
Model true_model(double left, double right) {
  Model truth = default_model({}, left, right);
  set_levels(truth.match, 0, {.70, .05, .10, .05, .02, .01, .02, .02, .01, .01, 0, .01});
  set_levels(truth.match, 1,
             {.82, .005, .08, .02, .005, .01, .01, .008, .0005, .0025, 0, .001, .02, .018});
  set_levels(truth.match, 2, {.80, .03, .05, .04, .03, .02, .01, .01, .01});
  set_levels(truth.match, 4, {.50, .20, .10, .10, .07, .03});
  set_levels(truth.match, 5, {.60, .05, .35});
  truth.match_share = .6 * std::min(left, right) / (left * right);
  truth.relative_share = 2 * std::min(left, right) / (left * right);
  return truth;
}

struct World {
  Model truth;
  TrainingData data;
};

// `missing`: the share of cells without a value. Each stranger drawn stands for 500, to make up all
// pairs; of them only those with some agreement are candidates, as keys find them in life.
World make_world(double missing, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const double left = 20'000;
  const double right = 50'000;
  World world{.truth = true_model(left, right), .data = {}};
  const auto matches = static_cast<std::uint64_t>(world.truth.match_share * left * right);
  const auto relatives = static_cast<std::uint64_t>(world.truth.relative_share * left * right);
  std::vector<VectorCount> candidates = draw_vectors(world.truth.match, matches, missing, random);
  const auto add = [&](const std::vector<VectorCount>& more) {
    candidates.insert(candidates.end(), more.begin(), more.end());
  };
  add(draw_vectors(world.truth.relative, relatives, missing, random));
  const Scorer scorer(world.truth);
  std::vector<VectorCount> strangers =
      draw_vectors(world.truth.stranger, 2'000'000, missing, random);
  for (VectorCount& c : strangers) c.count *= 500;
  std::erase_if(strangers, [&](const VectorCount& c) { return scorer.weight(c.vector) < -25; });
  add(strangers);
  world.data.candidates = merge_counts(std::move(candidates));
  world.data.random = draw_vectors(world.truth.stranger, 1'000'000, missing, random);
  world.data.relatives = draw_vectors(world.truth.relative, 20'000, missing, random);
  world.data.left = left;
  world.data.right = right;
  return world;
}

TEST(Train, RecoversTheKnownProbabilities) {
  const World world = make_world(.1, kSeed);
  const Model trained = train(default_model({}, world.data.left, world.data.right), world.data);
  EXPECT_TRUE(trained.converged) << trained.iterations << " iterations, seed " << kSeed;
  EXPECT_NEAR(trained.match_share / world.truth.match_share, 1, .03);
  // Relatives who agree in nothing cannot be told from strangers.
  EXPECT_NEAR(trained.relative_share / world.truth.relative_share, 1, .35);
  for (const int c : {0, 1, 4, 5}) {
    const auto at = static_cast<std::size_t>(c);
    for (std::size_t level = 1; !level_name(c, static_cast<int>(level)).empty(); ++level) {
      const double m = world.truth.match.p[at][0][level];
      EXPECT_NEAR(trained.match.p[at][0][level], m, .02)
          << "m of " << comparison_name(c) << " " << level_name(c, static_cast<int>(level));
      const double u = world.truth.stranger.p[at][0][level];
      EXPECT_NEAR(trained.stranger.p[at][0][level], u, .002 + 4 * std::sqrt(u / 900'000))
          << "u of " << comparison_name(c) << " " << level_name(c, static_cast<int>(level));
    }
  }
  for (std::size_t level = 1; level <= 9; ++level) {
    EXPECT_NEAR(trained.match.p[2][1][level], world.truth.match.p[2][1][level], .02)
        << "m of birth beside agreeing numbers, level " << level;
  }
}

TEST(Train, ScoresAsTheTruthDoes) {
  const World world = make_world(.1, kSeed + 1);
  const Scorer trained(train(default_model({}, world.data.left, world.data.right), world.data));
  const Scorer truth(world.truth);
  std::mt19937_64 random(kSeed);
  int wrong_side = 0;
  for (int i = 0; i < 10'000; ++i) {
    const ComparisonVector vector =
        draw_vector(i % 2 == 0 ? world.truth.match : world.truth.relative, .1, random);
    const double a = trained.weight(vector);
    const double b = truth.weight(vector);
    if ((a > 0) != (b > 0) && std::abs(b) > 3) ++wrong_side;
  }
  EXPECT_LT(wrong_side, 50);
}

TEST(Train, StillConvergesWhereMostIsMissing) {
  const World world = make_world(.5, kSeed + 2);
  const Model trained = train(default_model({}, world.data.left, world.data.right), world.data,
                              {.max_iterations = 300});
  EXPECT_TRUE(trained.converged) << trained.iterations;
  EXPECT_GT(trained.match_share / world.truth.match_share, .5);
  EXPECT_LT(trained.match_share / world.truth.match_share, 1.5);
}

// Three free columns of two files with 1,000 rows each, 900 of them in both: of a million random
// pairs 900 are matches.
TEST(Train, MatchesAmongTheRandomPairsAreNoStrangers) {
  const compare::ComparisonPlan plan{
      .texts = {compare::TextKind::kName, compare::TextKind::kName, compare::TextKind::kText}};
  const auto vector_of = [](std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    return compare::at_level(compare::kPersonComparisons, a) |
           compare::at_level(compare::kPersonComparisons + 1, b) |
           compare::at_level(compare::kPersonComparisons + 2, c);
  };
  const auto equal = static_cast<std::uint64_t>(compare::TextLevel::kEqual);
  const auto differs = static_cast<std::uint64_t>(compare::TextLevel::kDifferent);
  const std::vector<VectorCount> matches = {{vector_of(equal, equal, equal), 780},
                                            {vector_of(differs, equal, equal), 40},
                                            {vector_of(equal, differs, equal), 40},
                                            {vector_of(equal, equal, differs), 40}};
  const std::vector<VectorCount> strangers = {{vector_of(equal, differs, differs), 5000},
                                              {vector_of(differs, equal, differs), 5000},
                                              {vector_of(differs, differs, equal), 100},
                                              {vector_of(equal, equal, differs), 25}};
  TrainingData data{.left = 1000, .right = 1000};
  data.candidates = matches;
  data.candidates.insert(data.candidates.end(), strangers.begin(), strangers.end());
  data.candidates = merge_counts(std::move(data.candidates));
  data.random = data.candidates;
  data.random.push_back({vector_of(differs, differs, differs), 1'000'000 - 11'025});
  data.random = merge_counts(std::move(data.random));
  const Model trained = train(default_model(plan, data.left, data.right), data);
  EXPECT_TRUE(trained.converged);
  const double street = trained.stranger.p[compare::kPersonComparisons + 2][0][equal];
  EXPECT_NEAR(street * 1e6, 100, 60) << "of a million pairs, beside 860 of one person";
  EXPECT_NEAR(trained.match_share * 1e6, 900, 45);
}

TEST(Train, TwoComparisonsLeaveTheLevelsWhereTheyAre) {
  World world = make_world(.1, kSeed + 4);
  const auto only_name_and_place = [](std::vector<VectorCount> counts) {
    for (VectorCount& c : counts)
      c.vector = compare::at_level(compare::Comparison::kName,
                                   static_cast<std::uint64_t>(compare::level_at(c.vector, 0))) |
                 compare::at_level(compare::Comparison::kAddress,
                                   static_cast<std::uint64_t>(compare::level_at(c.vector, 4)));
    return merge_counts(std::move(counts));
  };
  for (auto* counts : {&world.data.candidates, &world.data.random, &world.data.relatives})
    *counts = only_name_and_place(std::move(*counts));
  const Model start = default_model({}, world.data.left, world.data.right);
  const Model trained = train(start, world.data);
  for (std::size_t level = 1; level < compare::kLevelCount; ++level)
    EXPECT_NEAR(trained.match.p[0][0][level], start.match.p[0][0][level], 1e-8) << level;
}

TEST(Train, AShareAtItsLimitIsNoEnd) {
  World world = make_world(.1, kSeed + 5);
  world.data.most_matches = 100;
  const Model trained = train(default_model({}, world.data.left, world.data.right), world.data);
  EXPECT_GT(trained.iterations, 3);
}

TEST(Train, SaysWhenItDidNotConverge) {
  const World world = make_world(.1, kSeed + 3);
  const Model trained = train(default_model({}, world.data.left, world.data.right), world.data,
                              {.max_iterations = 2});
  EXPECT_FALSE(trained.converged);
}

TEST(Train, IterationsNeverExceedTheLimit) {
  const World world = make_world(.1, kSeed + 3);
  const Model trained = train(default_model({}, world.data.left, world.data.right), world.data,
                              {.max_iterations = 2});
  EXPECT_LE(trained.iterations, 2);
}

TEST(Train, OrderOfTheCountsDoesNotMatter) {
  World world = make_world(.1, kSeed + 4);
  const Model start = default_model({}, world.data.left, world.data.right);
  const Model a = train(start, world.data);
  std::mt19937_64 random(1);
  std::ranges::shuffle(world.data.candidates, random);
  std::ranges::shuffle(world.data.random, random);
  world.data.candidates = merge_counts(std::move(world.data.candidates));
  world.data.random = merge_counts(std::move(world.data.random));
  EXPECT_EQ(model_to_json(a), model_to_json(train(start, world.data)));
}

TEST(Train, WithoutDataTheStartStays) {
  const Model start = default_model({}, 100, 100);
  const Model trained = train(start, {.left = 100, .right = 100});
  for (std::size_t c = 0; c < compare::kPersonComparisons; ++c) {
    for (std::size_t level = 1; level < compare::kLevelCount; ++level) {
      EXPECT_NEAR(trained.match.p[c][0][level], start.match.p[c][0][level], 1e-9);
      EXPECT_NEAR(trained.stranger.p[c][0][level], start.stranger.p[c][0][level], 1e-9);
    }
  }
  EXPECT_GT(trained.match_share, 0);
  EXPECT_LT(trained.match_share, 1e-3);
}

TEST(Train, AnchoredPairsDoNotSettleTheirOwnNumbers) {
  const Model start = default_model({}, 1000, 1000);
  // All anchored pairs have equal numbers; that must not make m(id equal) one.
  const ComparisonVector anchored = 1U | 1U << 4;
  const Model trained =
      train(start, {.anchored = {{anchored, 100'000}}, .left = 1000, .right = 1000});
  EXPECT_NEAR(trained.match.p[1][0][1], start.match.p[1][0][1], 1e-9);
}

TEST(MergeCounts, SumsAndSorts) {
  const auto merged = merge_counts({{5, 1}, {3, 2}, {5, 4}, {1, 1}, {3, 1}});
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].vector, 1U);
  EXPECT_EQ(merged[1].count, 3U);
  EXPECT_EQ(merged[2].count, 5U);
  EXPECT_TRUE(merge_counts({}).empty());
}

// Match and stranger probabilities of the places, house to county, as order_places leaves them.
struct Places {
  std::array<double, 5> match;
  std::array<double, 5> stranger;
};

Places ordered(const Places& places) {
  using compare::AddressLevel;
  constexpr std::array kFromNear = {AddressLevel::kHouse, AddressLevel::kGroup,
                                    AddressLevel::kVillage, AddressLevel::kTownship,
                                    AddressLevel::kCounty};
  constexpr auto kAddress = static_cast<std::size_t>(compare::Comparison::kAddress);
  Model model = default_model({}, 1000, 1000);
  for (std::size_t i = 0; i < kFromNear.size(); ++i) {
    model.match.p[kAddress][0][static_cast<std::size_t>(kFromNear[i])] = places.match[i];
    model.stranger.p[kAddress][0][static_cast<std::size_t>(kFromNear[i])] = places.stranger[i];
  }
  order_places(model);
  Places after{};
  for (std::size_t i = 0; i < kFromNear.size(); ++i) {
    after.match[i] = model.match.p[kAddress][0][static_cast<std::size_t>(kFromNear[i])];
    after.stranger[i] = model.stranger.p[kAddress][0][static_cast<std::size_t>(kFromNear[i])];
  }
  return after;
}

TEST(OrderPlaces, APlaceKnownLessExactlySaysNoMore) {
  const Places plain{{.4, .2, .2, .1, .1}, {.001, .01, .05, .2, .5}};
  EXPECT_EQ(ordered(plain).stranger, plain.stranger) << "in order already";
  const Places after = ordered({{.4, .3, .2, .05, .05}, {.001, .01, .0001, .2, .5}});
  EXPECT_DOUBLE_EQ(after.match[2] / after.stranger[2], after.match[1] / after.stranger[1]);
}

// Titles of flats in town: hardly a match is as near as the village, most lie in the township.
TEST(OrderPlaces, AllStayProbabilitiesWhereHardlyAMatchIsNear) {
  const Places after = ordered({{1e-9, 1e-9, 1e-9, .9, .1}, {.001, .002, .01, .2, .5}});
  for (std::size_t i = 0; i < after.match.size(); ++i) {
    for (const double p : {after.match[i], after.stranger[i]}) {
      EXPECT_GE(p, 0);
      EXPECT_LE(p, 1);
    }
    if (i > 0) {
      EXPECT_LE(after.match[i] / after.stranger[i],
                after.match[i - 1] / after.stranger[i - 1] * (1 + 1e-9))
          << i;
    }
  }
}

}  // namespace
}  // namespace bidui::model
