// The Chinese lunar calendar, 1900 to 2035, as a packed table (made with ICU's Chinese calendar).
#pragma once

#include <optional>

#include "matcher/text/date.h"

namespace bidui::text {

inline constexpr int kFirstLunarYear = 1900;
inline constexpr int kLastLunarYear = 2035;

// A missing Date when there is no such lunar date (month without a leap twin, day 30 of a short
// month, year outside the table).
Date lunar_to_solar(int lunar_year, int lunar_month, int lunar_day, bool leap);

// How far a lunar date lies behind the solar date that is written with the same numbers, in days of
// months that all have 31, leap months too.
inline constexpr int kFewestRoughDaysBehind = 19;
inline constexpr int kMostRoughDaysBehind = 56;

// The solar date if `typed` was a lunar date written as if it were solar (day 30 of February is
// one: Date need not be valid()). Nothing when there is no such lunar date. In a leap month the
// ordinary month is meant; `leap` asks for the other.
std::optional<Date> lunar_birthday_as_solar(Date typed, bool leap = false);

}  // namespace bidui::text
