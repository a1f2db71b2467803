#include "matcher/rule/calendar.h"

#include <gtest/gtest.h>

namespace bidui::rule {
namespace {

TEST(CalendarTest, KnowsTheDaysOfTheCalendar) {
  EXPECT_EQ(day_of(1970, 1, 1), 0);
  EXPECT_EQ(day_of(2017, 11, 20), 17490);
  EXPECT_EQ(day_of(2017, 2, 29), std::nullopt);
  EXPECT_EQ(day_of(0, 1, 1), std::nullopt);
}

TEST(CalendarTest, TextAndRangeAreInverse) {
  for (const char* text : {"2016", "2016-02", "2016-02-29", "1999-12-31", "0001-01-01"}) {
    const auto range = parse_date_text(text);
    ASSERT_TRUE(range) << text;
    EXPECT_EQ(format_date(*range), text);
  }
  for (const char* text : {"", "2016-", "2016-00", "2016-13", "16-01", "2016-1-1", "2016-02-30",
                           "2016-02-29x", "-016", "2016-02-00"}) {
    EXPECT_FALSE(parse_date_text(text)) << text;
  }
  EXPECT_EQ(format_date({0, 3}), "1970-01-01/1970-01-04");
}

TEST(CalendarTest, MonthsEndAtTheLastDay) {
  EXPECT_EQ(add_months(*day_of(2016, 1, 31), 1), *day_of(2016, 2, 29));
  EXPECT_EQ(add_months(*day_of(2016, 3, 31), -1), *day_of(2016, 2, 29));
  EXPECT_EQ(add_months(*day_of(2016, 12, 15), 1), *day_of(2017, 1, 15));
}

TEST(CalendarTest, FullYearsChangeOnTheBirthday) {
  const DayNumber born = *day_of(2000, 2, 29);
  EXPECT_EQ(full_years(born, *day_of(2017, 2, 27)), 16);
  EXPECT_EQ(full_years(born, *day_of(2017, 2, 28)), 17);
  EXPECT_EQ(full_years(*day_of(2017, 1, 1), *day_of(2016, 1, 1)), -1);
}

}  // namespace
}  // namespace bidui::rule
