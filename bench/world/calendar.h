// Days and dates of the simulation. A Day counts from 1970-01-01; no clock is read.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace bidui::world {

using Day = std::int32_t;
constexpr Day kNever = std::numeric_limits<Day>::max();  // has not happened

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
};

// Proleptic Gregorian, both ways; valid for any year of the simulation.
Day day_of(int year, int month, int day);
Date date_of(Day day);
inline int year_of(Day day) { return date_of(day).year; }

// Completed years of life.
int age_on(Day birth, Day day);

int days_in_month(int year, int month);

// The month and day of the Chinese lunar calendar of that day, written with the lunar year's
// number as villagers do: 1955-08-15 may give {1955, 6, 28}. About 20 µs (ICU).
Date lunar_date_of(Day day);

// "20171120"
std::string compact_date(Day day);
// "2017-11-20"
std::string iso_date(Day day);

// "2017-11-20" to a Day, or kNever.
Day parse_iso_date(const std::string& text);

}  // namespace bidui::world
