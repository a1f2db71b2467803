#include "matcher/compare/compare_birth.h"

#include <cstdlib>
#include <utility>

#include "matcher/text/date.h"
#include "matcher/text/lunar.h"

namespace bidui::compare {
namespace {

struct Parts {
  int year;
  int month;
  int day;
};

Parts parts_of(std::uint32_t packed) {
  return {static_cast<int>(packed / 10000), static_cast<int>(packed / 100 % 100),
          static_cast<int>(packed % 100)};
}

// Days from the first date to the second, as if all months had 31.
int rough_days(const Parts& from, const Parts& to) {
  return ((to.year - from.year) * 12 + to.month - from.month) * 31 + to.day - from.day;
}

// Nobody writes whether a month was the leap one: both are tried.
bool is_lunar_reading(const Parts& typed, std::uint32_t solar) {
  if (typed.day == 0 || typed.day > 30 || typed.month == 0) return false;
  // A lunar date lies some weeks behind the solar one of its number (lunar_test has the bounds).
  const int behind = rough_days(typed, parts_of(solar));
  if (behind < text::kFewestRoughDaysBehind || behind > text::kMostRoughDaysBehind) return false;
  const text::Date lunar{static_cast<std::int16_t>(typed.year),
                         static_cast<std::uint8_t>(typed.month),
                         static_cast<std::uint8_t>(typed.day)};
  for (const bool leap : {false, true}) {
    const std::optional<text::Date> date = text::lunar_birthday_as_solar(lunar, leap);
    if (date &&
        static_cast<std::uint32_t>(date->year * 10000 + date->month * 100 + date->day) == solar)
      return true;
  }
  return false;
}

int differing_digits(int a, int b) {
  int count = 0;
  for (; a != 0 || b != 0; a /= 10, b /= 10) count += a % 10 != b % 10 ? 1 : 0;
  return count;
}

// 1958 / 1985: two digits exchanged.
bool digits_swapped(int a, int b) {
  return differing_digits(a, b) == 2 && (a / 10 % 10 == b % 10) && (a % 10 == b / 10 % 10) &&
         a / 100 == b / 100;
}

BirthLevel compare_partial(const Parts& a, const Parts& b) {
  const bool months_known = a.month != 0 && b.month != 0;
  if (a.year == b.year && (!months_known || a.month == b.month)) return BirthLevel::kPartial;
  if (a.year == b.year) return BirthLevel::kSameYear;
  return std::abs(a.year - b.year) <= 2 ? BirthLevel::kNearYear : BirthLevel::kDifferent;
}

}  // namespace

BirthLevel compare_birth(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0) return BirthLevel::kMissing;
  if (a == b && a % 100 != 0) return BirthLevel::kEqual;
  const Parts x = parts_of(a);
  const Parts y = parts_of(b);
  if (x.day == 0 || y.day == 0) return compare_partial(x, y);
  const bool same_year = x.year == y.year;
  if (same_year && x.month == y.day && x.day == y.month) return BirthLevel::kSwapped;
  if (x.month == y.month && x.day == y.day &&
      (std::abs(x.year - y.year) == 1 || differing_digits(x.year, y.year) == 1 ||
       digits_swapped(x.year, y.year))) {
    return BirthLevel::kYearOff;
  }
  if (std::abs(x.year - y.year) <= 1 && (is_lunar_reading(x, b) || is_lunar_reading(y, a)))
    return BirthLevel::kLunar;
  if (same_year) {
    const bool close = x.month == y.month || x.day == y.day ||
                       differing_digits(x.month * 100 + x.day, y.month * 100 + y.day) == 1;
    return close ? BirthLevel::kOneDigit : BirthLevel::kSameYear;
  }
  return std::abs(x.year - y.year) <= 2 ? BirthLevel::kNearYear : BirthLevel::kDifferent;
}

}  // namespace bidui::compare
