#include "matcher/rule/calendar.h"

#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace bidui::rule {
namespace {

namespace chr = std::chrono;

chr::year_month_day civil(DayNumber day) {
  return chr::year_month_day(chr::sys_days(chr::days(day)));
}

DayNumber number(chr::year_month_day ymd) {
  return static_cast<DayNumber>(chr::sys_days(ymd).time_since_epoch().count());
}

chr::year_month_day make(int year, int month, int day) {
  return chr::year(year) / chr::month(static_cast<unsigned>(month)) /
         chr::day(static_cast<unsigned>(day));
}

// Takes exactly `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits || value < 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

}  // namespace

std::optional<DayNumber> day_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  const chr::year_month_day ymd = make(year, month, day);
  if (!ymd.ok()) return std::nullopt;
  return number(ymd);
}

std::optional<DateRange> date_range(int year, int month, int day) {
  if (month == 0 && day != 0) return std::nullopt;
  if (day != 0) {
    const auto exact = day_of(year, month, day);
    if (!exact) return std::nullopt;
    return DateRange{*exact, *exact};
  }
  const auto first = day_of(year, month == 0 ? 1 : month, 1);
  if (!first) return std::nullopt;
  return DateRange{*first, add_months(*first, month == 0 ? 12 : 1) - 1};
}

std::optional<DateRange> parse_date_text(std::string_view text) {
  int parts[3] = {0, 0, 0};
  for (int i = 0; i < 3 && (i == 0 || !text.empty()); ++i) {
    if (i > 0) {
      if (text.front() != '-') return std::nullopt;
      text.remove_prefix(1);
    }
    const auto part = take_number(text, i == 0 ? 4 : 2);
    if (!part || (i > 0 && *part == 0)) return std::nullopt;
    parts[i] = *part;
  }
  if (!text.empty()) return std::nullopt;
  return date_range(parts[0], parts[1], parts[2]);
}

std::string format_date(DateRange range) {
  const auto day_text = [](DayNumber day) {
    const auto ymd = civil(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  };
  const std::string first = day_text(range.first);
  if (range.is_full()) return first;
  for (const std::size_t length : {std::size_t{4}, std::size_t{7}}) {
    const auto shorter = parse_date_text(std::string_view(first).substr(0, length));
    if (shorter && shorter->first == range.first && shorter->last == range.last) {
      return first.substr(0, length);
    }
  }
  return first + "/" + day_text(range.last);
}

int year_of(DayNumber day) { return static_cast<int>(civil(day).year()); }

int month_of(DayNumber day) { return static_cast<int>(static_cast<unsigned>(civil(day).month())); }

DayNumber add_months(DayNumber day, int months) {
  chr::year_month_day moved = civil(day) + chr::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / chr::last;
  return number(moved);
}

int full_years(DayNumber from, DayNumber to) {
  if (to < from) return -full_years(to, from);
  const int years = year_of(to) - year_of(from);
  return add_months(from, 12 * years) > to ? years - 1 : years;
}

}  // namespace bidui::rule
