#include "matcher/text/numeral.h"

namespace bidui::text {
namespace {

constexpr std::uint8_t kMaxDigits = 18;

constexpr bool is_digit(char32_t c) { return c - U'0' < 10; }

// 0-9, or -1.
int chinese_digit(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
    case U'○':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'两':
    case U'贰':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

// 10, 100, 1000 for the units; 20, 30 for 廿, 卅; 0 else.
std::uint64_t unit_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'廿':
      return 20;
    case U'卅':
      return 30;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
      return 1000;
    default:
      return 0;
  }
}

// O and l that were typed for 0 and 1 inside a run of digits; -1 for anything else.
int mistyped_digit(char32_t c) {
  if (c == U'O' || c == U'o') return 0;
  return c == U'l' || c == U'I' ? 1 : -1;
}

Numeral read_arabic(std::span<const char32_t> chars) {
  Numeral n;
  while (n.used < chars.size() && n.digits < kMaxDigits) {
    const char32_t c = chars[n.used];
    int digit = is_digit(c) ? static_cast<int>(c - U'0') : -1;
    const bool inside = n.used + 1 < chars.size() && is_digit(chars[n.used + 1]);
    if (digit < 0 && inside) digit = mistyped_digit(c);
    if (digit < 0) break;
    n.value = n.value * 10 + static_cast<std::uint64_t>(digit);
    ++n.digits;
    ++n.used;
  }
  return n;
}

std::uint8_t digit_count(std::uint64_t value) {
  std::uint8_t count = 1;
  while (value >= 10) {
    value /= 10;
    ++count;
  }
  return count;
}

// 十一, 二十三, 廿三, 一百二十; without a unit digit by digit: 二〇一七.
Numeral read_chinese(std::span<const char32_t> chars) {
  Numeral n;
  std::uint64_t total = 0;
  std::uint64_t pending = 0;
  bool has_unit = false;
  for (; n.used < chars.size() && n.digits < kMaxDigits; ++n.used) {
    const int digit = chinese_digit(chars[n.used]);
    const std::uint64_t unit = unit_of(chars[n.used]);
    if (digit >= 0) {
      pending = has_unit ? static_cast<std::uint64_t>(digit)
                         : pending * 10 + static_cast<std::uint64_t>(digit);
      ++n.digits;
    } else if (unit == 20 || unit == 30) {
      total += unit;
      has_unit = true;
    } else if (unit != 0) {
      total += (pending == 0 ? 1 : pending) * unit;
      pending = 0;
      has_unit = true;
    } else {
      break;
    }
  }
  n.value = total + pending;
  if (has_unit) n.digits = digit_count(n.value);
  return n;
}

}  // namespace

bool is_numeral(char32_t c) {
  return is_digit(c) || (c > 0x3000 && (chinese_digit(c) >= 0 || unit_of(c) != 0)) || c == U'○';
}

Numeral read_numeral(std::span<const char32_t> chars) {
  if (chars.empty()) return {};
  return is_digit(chars[0]) ? read_arabic(chars) : read_chinese(chars);
}

}  // namespace bidui::text
