// Dates in every spelling of the registries (fields.md §8), solar calendar. For lunar dates see
// lunar.h.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace bidui::text {

struct Date {
  std::int16_t year = 0;   // 0: missing
  std::uint8_t month = 0;  // 0: unknown
  std::uint8_t day = 0;    // 0: unknown

  auto operator<=>(const Date&) const = default;
  bool is_missing() const { return year == 0; }
  bool is_full() const { return year != 0 && month != 0 && day != 0; }
};

// Year, month and day of the Gregorian calendar, with nothing unknown.
bool valid(Date date);
std::uint8_t days_in_month(int year, int month);

// Days since 1970-01-01. REQUIRES valid(date).
std::int32_t day_number(Date date);
Date from_day_number(std::int32_t day);

enum class DateState : std::uint8_t {
  kMissing,     // blank, placeholder (0000-00-00, 1900-01-00, 9999-12-31), or no date at all
  kOk,          // year, month and day
  kPartial,     // year, or year and month
  kImpossible,  // looks like a date that does not exist (2017-02-30); the parts that can be are
                // kept
};

struct ParsedDate {
  Date date;  // of kImpossible: the year and, where that can be, the month
  DateState state = DateState::kMissing;

  bool operator==(const ParsedDate&) const = default;
};

// 20171120, 2017-11-20, 2017/11/20, 2017.11.20, 2017.11, 201711, 2017年11月20日, 二〇一七年十一月,
// 17.11.20, 12.12.2017, spreadsheet serials 43059, 43059.0, 43059.5 (1900 system), a time behind
// the date, full width digits, apostrophes. Years 1850 to 2100. Two-digit years: 00-29 is
// 2000-2029, 30-99 is 1930-1999. Day before month is taken only where the year is at the end. No
// allocation.
ParsedDate parse_date(std::string_view text);

}  // namespace bidui::text
