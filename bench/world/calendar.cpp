#include "bench/world/calendar.h"

#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <unicode/calendar.h>

namespace bidui::world {

// The arithmetic of days_from_civil and civil_from_days, by Howard Hinnant.
Day day_of(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Date date_of(Day day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int doe = z - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp < 10 ? mp + 3 : mp - 9;
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

int age_on(Day birth, Day day) {
  const Date b = date_of(birth);
  const Date d = date_of(day);
  const bool before_birthday = d.month < b.month || (d.month == b.month && d.day < b.day);
  return d.year - b.year - (before_birthday ? 1 : 0);
}

int days_in_month(int year, int month) {
  return month == 12 ? 31 : day_of(year, month + 1, 1) - day_of(year, month, 1);
}

Date lunar_date_of(Day day) {
  thread_local const std::unique_ptr<icu::Calendar> calendar = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Calendar>(icu::Calendar::createInstance(
        *icu::TimeZone::getGMT(), icu::Locale("zh@calendar=chinese"), status));
  }();
  UErrorCode status = U_ZERO_ERROR;
  calendar->setTime(static_cast<double>(day) * 86400000.0 + 43200000.0, status);
  const int month = calendar->get(UCAL_MONTH, status) + 1;
  const int lunar_day = calendar->get(UCAL_DATE, status);
  const Date solar = date_of(day);
  // January and February days still belong to the last months of the lunar year before.
  const int year = month >= 11 && solar.month <= 2 ? solar.year - 1 : solar.year;
  return {year, month, lunar_day};
}

std::string compact_date(Day day) {
  if (day == kNever) return {};
  const Date d = date_of(day);
  return fmt::format("{:04}{:02}{:02}", d.year, d.month, d.day);
}

std::string iso_date(Day day) {
  if (day == kNever) return {};
  const Date d = date_of(day);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

Day parse_iso_date(const std::string& text) {
  Date d;
  if (std::sscanf(text.c_str(), "%d-%d-%d", &d.year, &d.month, &d.day) != 3) return kNever;
  return day_of(d.year, d.month, d.day);
}

}  // namespace bidui::world
