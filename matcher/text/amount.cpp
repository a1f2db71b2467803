#include "matcher/text/amount.h"

#include <algorithm>

namespace bidui::text {
namespace {

void skip(std::string_view& text, std::string_view prefix) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
}

}  // namespace

int unit_zeros(std::string_view unit) {
  skip(unit, "单位");
  skip(unit, ":");
  skip(unit, "：");
  if (unit.starts_with("亿")) return 8;
  if (unit.starts_with("万")) return 4;
  // 千 and 百 begin other units too: 千克, 百分比.
  if (unit == "千" || unit.starts_with("千元")) return 3;
  if (unit == "百" || unit.starts_with("百元")) return 2;
  return 0;
}

std::optional<std::string> shift_decimal(std::string_view number, int zeros) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  std::string digits;
  std::optional<std::size_t> point;  // digits before it
  for (const char c : number) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '.' && !point) {
      point = digits.size();
    } else if (c != ',') {
      return std::nullopt;
    }
  }
  if (digits.empty()) return std::nullopt;
  const std::size_t whole = point.value_or(digits.size()) + static_cast<std::size_t>(zeros);
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  std::string fraction = digits.substr(whole);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  digits.resize(whole);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) digits = "0";
  if (!fraction.empty()) digits += "." + fraction;
  return negative ? "-" + digits : digits;
}

}  // namespace bidui::text
