#include "matcher/model/calibration.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace bidui::model {
namespace {

// Pairs whose true odds are those of `truth` of their weight.
std::vector<ReviewedPair> answers(const Calibration& truth, std::size_t count,
                                  std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit;
  std::vector<ReviewedPair> pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = unit(random) * 30 - 10;
    const bool same = unit(random) < 1 / (1 + std::exp2(-truth(weight)));
    pairs.push_back({.weight = weight, .same = same});
  }
  return pairs;
}

TEST(Calibrate, WithoutAnswersChangesNothing) {
  const Calibration none = calibrate({});
  EXPECT_EQ(none.shift, 0);
  EXPECT_EQ(none.scale, 1);
}

TEST(Calibrate, FindsTheLineOfManyAnswers) {
  std::mt19937_64 random(5);
  for (const Calibration truth : {Calibration{0, 1}, Calibration{3, .6}, Calibration{-2, 1.3}}) {
    const Calibration found = calibrate(answers(truth, 20000, random));
    EXPECT_NEAR(found.shift, truth.shift, .4);
    EXPECT_NEAR(found.scale, truth.scale, .1);
  }
}

TEST(Calibrate, FewAnswersChangeLittle) {
  const std::vector<ReviewedPair> pairs = {{.weight = 12, .same = true},
                                           {.weight = 9, .same = true}};
  const Calibration found = calibrate(pairs);
  EXPECT_NEAR(found.shift, 0, .1);
  EXPECT_NEAR(found.scale, 1, .1);
}

TEST(Calibrate, StaysFiniteAndRising) {
  std::vector<ReviewedPair> upside_down;
  for (int w = -20; w <= 30; ++w)
    upside_down.push_back({.weight = static_cast<double>(w), .same = w < 0});
  const Calibration found = calibrate(upside_down);
  EXPECT_TRUE(std::isfinite(found.shift));
  EXPECT_GE(found.scale, .05);
}

}  // namespace
}  // namespace bidui::model
