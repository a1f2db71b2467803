#include "matcher/model/agreement.h"

#include <gtest/gtest.h>

namespace bidui::model {
namespace {

TEST(CohensKappa, AgreesWithAWorkedExample) {
  // 50 pairs, 20 + 15 alike: agreement .7, by chance .5, so kappa .4; the standard deviation of
  // kappa over 200,000 multinomial draws of such tables is .1272.
  const Agreement result = cohens_kappa({{{20, 5, 0}, {10, 15, 0}, {0, 0, 0}}});
  EXPECT_EQ(result.pairs, 50U);
  EXPECT_DOUBLE_EQ(result.agreed, .7);
  EXPECT_NEAR(result.kappa, .4, 1e-12);
  EXPECT_NEAR(result.interval.low, .4 - 1.959964 * .1272, 5e-3);
  EXPECT_NEAR(result.interval.high, .4 + 1.959964 * .1272, 5e-3);
}

TEST(CohensKappa, IsOneForPerfectAgreement) {
  const Agreement result = cohens_kappa({{{30, 0, 0}, {0, 12, 0}, {0, 0, 3}}});
  EXPECT_TRUE(result.defined);
  EXPECT_DOUBLE_EQ(result.kappa, 1);
  EXPECT_DOUBLE_EQ(result.interval.high, 1);
}

TEST(CohensKappa, IsZeroForIndependentAnswers) {
  EXPECT_NEAR(cohens_kappa({{{16, 4, 0}, {4, 1, 0}, {0, 0, 0}}}).kappa, 0, 1e-12);
}

TEST(CohensKappa, IsUndefinedWithoutPairsOrVariety) {
  EXPECT_FALSE(cohens_kappa({}).defined);
  EXPECT_FALSE(cohens_kappa({{{9, 0, 0}, {0, 0, 0}, {0, 0, 0}}}).defined);
}

}  // namespace
}  // namespace bidui::model
