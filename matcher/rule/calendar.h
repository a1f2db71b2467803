// Dates as rules need them: day numbers, partial dates as ranges, and their text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "matcher/rule/value.h"

namespace bidui::rule {

// nullopt where the calendar has no such day.
std::optional<DayNumber> day_of(int year, int month, int day);

// All days of a year (month 0), of a month (day 0), or one day. nullopt where there is none.
std::optional<DateRange> date_range(int year, int month, int day);

// "2016", "2016-05" or "2016-05-31"; nullopt for anything else.
std::optional<DateRange> parse_date_text(std::string_view text);

// The shortest of these forms that says exactly the range, else "FIRST/LAST".
std::string format_date(DateRange range);

int year_of(DayNumber day);
int month_of(DayNumber day);

// The same day of the month, `months` later; the last day where the month is shorter.
DayNumber add_months(DayNumber day, int months);

// Full years from `from` to `to`, negative where `to` comes first.
int full_years(DayNumber from, DayNumber to);

}  // namespace bidui::rule
