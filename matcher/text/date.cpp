#include "matcher/text/date.h"

#include <array>

#include "matcher/text/date_words.h"

namespace bidui::text {
namespace {

constexpr int kFirstYear = 1850;
constexpr int kLastYear = 2100;

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool plausible_year(std::uint64_t year) { return year >= kFirstYear && year <= kLastYear; }

bool is_end_or_start_of_time(int year, int month, int day) {
  return (year == 1900 && month == 1 && day <= 1) || (year == 2099 && month == 12 && day == 31);
}

// 0 for month or day: unknown.
ParsedDate make_date(std::uint64_t year, std::uint64_t month, std::uint64_t day) {
  if (!plausible_year(year)) return {};
  const int y = static_cast<int>(year);
  ParsedDate parsed{.date = {static_cast<std::int16_t>(y), 0, 0}, .state = DateState::kPartial};
  if (month > 12) {
    parsed.state = DateState::kImpossible;
    return parsed;
  }
  const int m = static_cast<int>(month);
  if (day <= 31 && is_end_or_start_of_time(y, m, static_cast<int>(day)) && month != 0) return {};
  parsed.date.month = static_cast<std::uint8_t>(m);
  if (day == 0) return parsed;
  if (month == 0 || day > days_in_month(y, m)) {
    parsed.state = DateState::kImpossible;
    return parsed;
  }
  parsed.date.day = static_cast<std::uint8_t>(day);
  parsed.state = DateState::kOk;
  return parsed;
}

// Spreadsheet serial of the 1900 system.
ParsedDate from_serial(std::uint64_t serial) {
  constexpr std::int32_t kEpoch = 25569;  // 1970-01-01
  const Date date = from_day_number(static_cast<std::int32_t>(serial) - kEpoch);
  return make_date(static_cast<std::uint64_t>(date.year), date.month, date.day);
}

std::uint64_t full_year(std::uint64_t two_digits) {
  constexpr std::uint64_t kPivot = 30;
  return two_digits < kPivot ? 2000 + two_digits : 1900 + two_digits;
}

// A date written as one run of digits.
ParsedDate from_digits(std::uint64_t value, int digits) {
  switch (digits) {
    case 4:
      if (plausible_year(value)) return make_date(value, 0, 0);
      return value > kLastYear && value < 9999 ? from_serial(value) : ParsedDate{};
    case 5:
      return value >= 10000 && value < 73500 ? from_serial(value) : ParsedDate{};
    case 6:
      if (plausible_year(value / 100)) return make_date(value / 100, value % 100, 0);
      return make_date(full_year(value / 10000), value / 100 % 100, value % 100);
    case 7: {  // a digit is lost: the year may hold
      ParsedDate parsed = make_date(value / 1000, 0, 0);
      if (!parsed.date.is_missing()) parsed.state = DateState::kImpossible;
      return parsed;
    }
    case 8:
      return make_date(value / 10000, value / 100 % 100, value % 100);
    case 12:
      return make_date(value / 100000000, value / 1000000 % 100, value / 10000 % 100);
    case 14:
      return make_date(value / 10000000000, value / 100000000 % 100, value / 1000000 % 100);
    default:
      return {};
  }
}

ParsedDate from_two(const DateWords& words) {
  const DateNumber& a = words.numbers[0];
  const DateNumber& b = words.numbers[1];
  if (a.digits == 5 && a.mark == U'.') return from_digits(a.value, 5);  // a serial with its time
  if (a.digits == 8) return from_digits(a.value, 8);
  if (a.digits == 4) return make_date(a.value, b.value, 0);
  if (b.digits == 4) return make_date(b.value, a.value, 0);
  return a.mark == U'年' ? make_date(full_year(a.value), b.value, 0) : ParsedDate{};
}

// Year first, or day, month, year (month first where it cannot be otherwise).
ParsedDate from_three(const DateWords& words) {
  const auto& [a, b, c] = words.numbers;
  if (a.digits == 4 || a.digits == 3) return make_date(a.value, b.value, c.value);
  if (a.digits >= 5) return from_digits(a.value, a.digits);
  if (c.digits == 4) {
    const bool month_first = a.is_month || (b.value > 12 && a.value <= 12);
    return month_first ? make_date(c.value, a.value, b.value)
                       : make_date(c.value, b.value, a.value);
  }
  if (b.is_month) return make_date(full_year(c.value), b.value, a.value);
  return make_date(full_year(a.value), b.value, c.value);
}

ParsedDate from_words(const DateWords& words) {
  switch (words.count) {
    case 1:
      if (words.numbers[0].mark == U'年' && words.numbers[0].digits == 2) {
        return make_date(full_year(words.numbers[0].value), 0, 0);
      }
      return from_digits(words.numbers[0].value, words.numbers[0].digits);
    case 2:
      return from_two(words);
    case 3:
      return from_three(words);
    default:
      return {};
  }
}

// yyyymmdd, or yyyy?mm?dd with one of the separators; kMissing when it is neither.
ParsedDate parse_plain(std::string_view text) {
  const bool separated = text.size() == 10;
  std::array<std::uint32_t, 8> digits{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (separated && (i == 4 || i == 7)) {
      if (text[i] != '-' && text[i] != '/' && text[i] != '.') return {};
      continue;
    }
    const auto digit = static_cast<std::uint32_t>(text[i] - '0');
    if (digit > 9) return {};
    digits[count++] = digit;
  }
  const std::uint32_t year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  return make_date(year, digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
}

}  // namespace

std::uint8_t days_in_month(int year, int month) {
  constexpr std::uint8_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap_year(year) ? std::uint8_t{29} : kDays[month - 1];
}

bool valid(Date date) {
  return date.year != 0 && date.day != 0 && date.day <= days_in_month(date.year, date.month);
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
std::int32_t day_number(Date date) {
  const int year = date.year - (date.month <= 2 ? 1 : 0);
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int month_from_march = (date.month + 9) % 12;
  const int day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date from_day_number(std::int32_t day) {
  const int shifted = day + 719468;
  const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = shifted - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

ParsedDate parse_date(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() == 8 || text.size() == 10) {
    if (const ParsedDate plain = parse_plain(text); plain.state == DateState::kOk) return plain;
  }
  const DateWords words = read_date_words(text);
  if (words.lunar) return from_lunar_words(words);
  return from_words(words);
}

}  // namespace bidui::text
