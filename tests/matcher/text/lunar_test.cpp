#include "matcher/text/lunar.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

namespace bidui::text {
namespace {

// Oracle: ICU's Chinese calendar for every day of the table.
TEST(LunarTest, AgreesWithIcuForAllDays) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> icu_calendar(
      icu::Calendar::createInstance(icu::TimeZone::createTimeZone("Asia/Shanghai"),
                                    icu::Locale("zh_CN@calendar=chinese"), status));
  ASSERT_TRUE(U_SUCCESS(status));
  for (std::int32_t day = day_number({1900, 1, 31}); day < day_number({2036, 1, 28}); ++day) {
    icu_calendar->setTime((day + 4.0 / 24) * 86400000.0, status);
    const int month = icu_calendar->get(UCAL_MONTH, status) + 1;
    const int day_of_month = icu_calendar->get(UCAL_DATE, status);
    const bool leap = icu_calendar->get(UCAL_IS_LEAP_MONTH, status) != 0;
    const Date solar = from_day_number(day);
    const int year = month > solar.month + 3 ? solar.year - 1 : solar.year;  // before New Year
    ASSERT_EQ(lunar_to_solar(year, month, day_of_month, leap), solar) << day;
  }
}

TEST(LunarTest, LiesSomeWeeksBehindTheSolarDateOfItsNumbers) {
  const auto rough = [](int year, int month, int day) { return (year * 12 + month) * 31 + day; };
  int fewest = 1000;
  int most = 0;
  for (int year = kFirstLunarYear; year <= kLastLunarYear; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 30; ++day) {
        for (const bool leap : {false, true}) {
          const Date solar = lunar_to_solar(year, month, day, leap);
          if (solar.is_missing()) continue;
          const int behind = rough(solar.year, solar.month, solar.day) - rough(year, month, day);
          fewest = std::min(fewest, behind);
          most = std::max(most, behind);
        }
      }
    }
  }
  EXPECT_EQ(fewest, kFewestRoughDaysBehind);
  EXPECT_EQ(most, kMostRoughDaysBehind);
}

TEST(LunarTest, KnowsNewYears) {
  EXPECT_EQ(lunar_to_solar(1900, 1, 1, false), (Date{1900, 1, 31}));
  EXPECT_EQ(lunar_to_solar(1985, 1, 1, false), (Date{1985, 2, 20}));
  EXPECT_EQ(lunar_to_solar(2017, 1, 1, false), (Date{2017, 1, 28}));
  EXPECT_EQ(lunar_to_solar(2017, 6, 1, true), (Date{2017, 7, 23}));
  EXPECT_EQ(lunar_to_solar(2035, 12, 29, false).year, 2036);
}

TEST(LunarTest, ThereIsNoSuchDate) {
  EXPECT_TRUE(lunar_to_solar(2017, 5, 1, true).is_missing());
  EXPECT_TRUE(lunar_to_solar(2017, 13, 1, false).is_missing());
  EXPECT_TRUE(lunar_to_solar(2017, 0, 1, false).is_missing());
  EXPECT_TRUE(lunar_to_solar(2017, 1, 31, false).is_missing());
  EXPECT_TRUE(lunar_to_solar(1899, 1, 1, false).is_missing());
  EXPECT_TRUE(lunar_to_solar(2036, 1, 1, false).is_missing());
}

TEST(LunarTest, TypedBirthdayBecomesSolar) {
  EXPECT_EQ(lunar_birthday_as_solar({1955, 3, 8}), (Date{1955, 3, 31}));
  EXPECT_EQ(lunar_birthday_as_solar({1955, 3, 8}, true), (Date{1955, 4, 29}));
  EXPECT_EQ(lunar_birthday_as_solar({1956, 2, 30}),
            std::optional<Date>(lunar_to_solar(1956, 2, 30, false)));
  EXPECT_FALSE(lunar_birthday_as_solar({1955, 3, 0}).has_value());
  EXPECT_FALSE(lunar_birthday_as_solar({}).has_value());
}

}  // namespace
}  // namespace bidui::text
