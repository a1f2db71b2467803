#include "workspace/near_numbers.h"

#include <gmock/gmock.h>

namespace bidui::workspace {
namespace {

using testing::Contains;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(NearNumbers, DifferInOneDigitOrASwap) {
  EXPECT_EQ(near_numbers(1234, 4).size(), 9U * 4 + 3);
  EXPECT_THAT(near_numbers(1234, 4), Contains(2134U));
  EXPECT_THAT(near_numbers(1234, 4), Contains(234U));  // 0234
  EXPECT_THAT(near_numbers(1234, 4), Not(Contains(1234U)));
  EXPECT_EQ(near_numbers(11, 2).size(), 18U);  // a swap of equals is no error
}

TEST(NearNumbers, CompleteALostDigit) {
  EXPECT_THAT(completed_numbers(1, 2), UnorderedElementsAre(1, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                                                            19, 21, 31, 41, 51, 61, 71, 81, 91));
}

}  // namespace
}  // namespace bidui::workspace
