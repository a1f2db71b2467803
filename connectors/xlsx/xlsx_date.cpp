#include "connectors/xlsx/xlsx_date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace bidui::connectors {
namespace {

using Kind = NumberFormat::Kind;

NumberFormat builtin_format(std::uint32_t id) {
  // From 27 on as Chinese Excel has them: 27 is yyyy"年"m"月".
  const bool month = id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57;
  if (month) return {.kind = Kind::kMonth};
  const bool date = (id >= 14 && id <= 16) || id == 22 || (id >= 28 && id <= 31) || id == 51 ||
                    id == 53 || id == 54 || id == 58;
  return {.kind = date ? Kind::kDate : Kind::kNumber};
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

NumberFormat number_format(std::uint32_t id, std::string_view code) {
  if (code.empty()) return builtin_format(id);
  if (code.size() <= 30 && std::ranges::all_of(code, [](char c) { return c == '0'; }))
    return {.kind = Kind::kPadded, .digits = static_cast<std::uint8_t>(code.size())};
  bool year = false;
  bool month = false;
  bool day = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') {
      i = code.find('"', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '[') {
      i = code.find(']', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      break;  // what follows is for negative numbers and text
    } else if (c == '0' || c == '#' || c == '?') {
      return {};  // "0.00E+00", and "mm:ss.0", which is a time
    } else {
      year = year || c == 'y' || c == 'Y';
      month = month || c == 'm' || c == 'M';
      day = day || c == 'd' || c == 'D';
    }
  }
  if (year && month && !day) return {.kind = Kind::kMonth};
  return {.kind = year || day ? Kind::kDate : Kind::kNumber};
}

std::optional<std::string> date_of_serial(double serial, DateSystem system, Kind kind) {
  using std::chrono::days;
  using std::chrono::sys_days;
  constexpr double kLast = 2'958'466;  // 10000-01-01 counted from 1900
  if (!std::isfinite(serial) || serial < 1 || serial >= kLast) return std::nullopt;
  const int count = static_cast<int>(serial);
  const sys_days first = system == DateSystem::k1904 ? sys_days(std::chrono::year(1904) / 1 / 1)
                         : count < 60                ? sys_days(std::chrono::year(1899) / 12 / 31)
                                                     : sys_days(std::chrono::year(1899) / 12 / 30);
  const std::chrono::year_month_day day(first + days(count));
  if (static_cast<int>(day.year()) > 9999) return std::nullopt;
  const bool month_only = kind == Kind::kMonth && day.day() == std::chrono::day(1);
  char text[16];
  std::snprintf(text, sizeof text, month_only ? "%04d-%02u" : "%04d-%02u-%02u",
                static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()));
  return std::string(text);
}

std::string shown_number(std::string_view stored, NumberFormat format) {
  std::string shown(stored);
  const std::size_t point = stored.find_first_of(".eE");
  if (point != std::string_view::npos) {
    double number = 0;
    const auto read = std::from_chars(stored.data(), stored.data() + stored.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == stored.data() + stored.size();
    const bool scientific = stored.find_first_of("eE") != std::string_view::npos;
    if (!whole || !std::isfinite(number)) return shown;
    if (std::abs(number) < 1e15 || scientific) {
      char text[32];
      std::snprintf(text, sizeof text, "%.15G", number);
      shown = text;
      constexpr std::size_t kRounded =
          11;  // "5.00235E+17": rounded before it became a number again
      if (number >= 1e17 && number < 1e18 && shown.size() > kRounded) {
        // The digits of the mantissa, without its point, and zeros for those that were lost.
        std::snprintf(text, sizeof text, "%.14E", number);
        shown = std::string(1, text[0]) + std::string(text + 2, 14) + "000";
      }
    } else if (is_digits(stored.substr(0, point)) &&
               stored.find_first_not_of('0', point + 1) == std::string_view::npos) {
      shown = stored.substr(0, point);  // "500235198501012000.0"
    }
  }
  if (format.kind == Kind::kPadded && is_digits(shown) && shown.size() < format.digits)
    shown.insert(0, format.digits - shown.size(), '0');
  return shown;
}

}  // namespace bidui::connectors
