#include "matcher/text/amount.h"

#include <gtest/gtest.h>

namespace bidui::text {
namespace {

TEST(AmountTest, UnitsAddZeros) {
  const std::pair<const char*, int> cases[] = {
      {"亿元", 8}, {"万元", 4}, {"万", 4}, {"单位：万元", 4}, {"单位:千元", 3}, {"千元/年", 3},
      {"百元", 2}, {"元", 0},   {"", 0},   {"元/人", 0},      {"千克", 0},      {"百分比", 0}};
  for (const auto& [unit, zeros] : cases) EXPECT_EQ(unit_zeros(unit), zeros) << unit;
}

TEST(AmountTest, ShiftsExactly) {
  struct Case {
    const char* number;
    int zeros;
    const char* expected;
  };
  const Case cases[] = {{"1.5", 4, "15000"},
                        {"1,234.50", 4, "12345000"},
                        {"3", 0, "3"},
                        {"0.07", 4, "700"},
                        {"0.1234567", 4, "1234.567"},
                        {".5", 3, "500"},
                        {"-2.25", 2, "-225"},
                        {"0", 8, "0"},
                        {"0.00", 4, "0"},
                        {"0.00005", 4, "0.5"},
                        {"007", 2, "700"},
                        {"12.", 2, "1200"},
                        {"2.68", 4, "26800"}};  // 26800.000000000004 in doubles
  for (const Case& c : cases) EXPECT_EQ(shift_decimal(c.number, c.zeros), c.expected) << c.number;
}

TEST(AmountTest, LeavesWhatIsNoNumber) {
  for (const char* text : {"", "-", ".", "3万", "约5", "1.2.3", "5元", "1-2", "一万"})
    EXPECT_EQ(shift_decimal(text, 4), std::nullopt) << text;
}

}  // namespace
}  // namespace bidui::text
