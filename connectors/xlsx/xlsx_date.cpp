#include "connectors/xlsx/xlsx_date.h"

#include <chrono>
#include <cmath>
#include <cstdio>

namespace bidui::connectors {

bool is_date_format(std::uint32_t id, std::string_view code) {
  if (code.empty()) {
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58;
  }
  bool year_or_day = false;
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
      return false;  // "0.00E+00", and "mm:ss.0", which is a time
    } else {
      year_or_day = year_or_day || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
    }
  }
  return year_or_day;
}

std::optional<std::string> date_of_serial(double serial, DateSystem system) {
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
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return std::string(text);
}

}  // namespace bidui::connectors
