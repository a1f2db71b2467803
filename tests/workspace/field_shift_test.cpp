#include "workspace/field_shift.h"

#include <cmath>
#include <gtest/gtest.h>

namespace bidui::workspace {
namespace {

TEST(FieldShift, TheIndexIsTheSumOverClassesByHand) {
  // p = .5, .5; q = .6, .4: (-.1) ln(.5/.6) + (.1) ln(.5/.4)
  const ClassShift shift = class_shift({{"a", 500}, {"b", 500}}, {{"a", 600}, {"b", 400}});
  EXPECT_NEAR(shift.index, -.1 * std::log(.5 / .6) + .1 * std::log(.5 / .4), 1e-12);
  EXPECT_EQ(shift.largest, "b");
  EXPECT_DOUBLE_EQ(shift.largest_before, .5);
  EXPECT_DOUBLE_EQ(shift.largest_after, .4);
}

TEST(FieldShift, ChanceIsTheThousandthPointOfChiSquare) {
  // χ² with 1, 4 degrees of freedom is above 10.83, 18.47 once in a thousand (tables); Wilson
  // and Hilferty are 3 % above at worst.
  const ClassShift two = class_shift({{"a", 500}, {"b", 500}}, {{"a", 500}, {"b", 500}});
  EXPECT_NEAR(two.chance / (2.0 / 1000), 10.83, .4);
  const ClassCounts five = {{"a", 200}, {"b", 200}, {"c", 200}, {"d", 200}, {"e", 200}};
  EXPECT_NEAR(class_shift(five, five).chance / (2.0 / 1000), 18.47, .4);
  EXPECT_EQ(class_shift(five, five).index, 0);
}

TEST(FieldShift, FewRowsAreWithinChanceAndManyAreNot) {
  const ClassShift few = class_shift({{"a", 8}, {"b", 2}}, {{"a", 5}, {"b", 5}});
  EXPECT_GT(few.index, .25);
  EXPECT_FALSE(few.beyond(.25));
  const ClassShift many = class_shift({{"a", 800}, {"b", 200}}, {{"a", 500}, {"b", 500}});
  EXPECT_TRUE(many.beyond(.25));
}

TEST(FieldShift, SmallClassesAreTakenTogetherAndNewOnesHaveAFiniteIndex) {
  const ClassShift small = class_shift({{"a", 9990}, {"b", 5}, {"c", 5}}, {{"a", 9990}, {"b", 10}});
  EXPECT_NEAR(small.index, 0, 1e-9) << "b and c are one class of 0.1 %";
  const ClassShift fresh = class_shift({{"a", 1000}}, {{"a", 500}, {"b", 500}});
  EXPECT_TRUE(std::isfinite(fresh.index));
  EXPECT_TRUE(fresh.beyond(.25));
  EXPECT_EQ(class_shift({}, {{"a", 1}}).index, 0);
}

TEST(FieldShift, ASharesDifferenceMustBeLargeAndBeyondChance) {
  EXPECT_NEAR(share_shift(500, 1000, 400, 1000).z, -4.49, .01);
  EXPECT_TRUE(share_shift(500, 1000, 400, 1000).beyond(.05));
  EXPECT_FALSE(share_shift(5, 10, 4, 10).beyond(.05)) << "ten rows tell nothing";
  EXPECT_FALSE(share_shift(500'000, 1'000'000, 510'000, 1'000'000).beyond(.05))
      << "significant, but one point only";
  EXPECT_FALSE(share_shift(0, 0, 10, 10).beyond(.05));
}

}  // namespace
}  // namespace bidui::workspace
