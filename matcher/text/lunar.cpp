#include "matcher/text/lunar.h"

#include "matcher/text/reference.h"

namespace bidui::text {
namespace {

std::span<const LunarYearRow> lunar_years() {
  return reference_rows<LunarYearRow>(ReferenceSection::kLunarYears);
}

int month_days(const LunarYearRow& year, int index) { return 29 + (year.long_months >> index & 1); }

// Where a month stands in its year, from 0; the leap month follows its twin. -1: there is none.
int month_index(const LunarYearRow& year, int month, bool leap) {
  if (leap) return year.leap_month == month ? month : -1;
  return month - 1 + (year.leap_month != 0 && month > year.leap_month ? 1 : 0);
}

}  // namespace

Date lunar_to_solar(int lunar_year, int lunar_month, int lunar_day, bool leap) {
  const bool in_table = lunar_year >= kFirstLunarYear && lunar_year <= kLastLunarYear;
  if (!in_table || lunar_month < 1 || lunar_month > 12 || lunar_day < 1) return {};
  const LunarYearRow& year = lunar_years()[static_cast<std::size_t>(lunar_year - kFirstLunarYear)];
  const int index = month_index(year, lunar_month, leap);
  if (index < 0 || lunar_day > month_days(year, index)) return {};
  std::int32_t day = year.first_day + lunar_day - 1;
  for (int i = 0; i < index; ++i) day += month_days(year, i);
  return from_day_number(day);
}

std::optional<Date> lunar_birthday_as_solar(Date typed, bool leap) {
  const Date solar = lunar_to_solar(typed.year, typed.month, typed.day, leap);
  return solar.is_missing() ? std::nullopt : std::optional(solar);
}

}  // namespace bidui::text
