// The numbers of a date's text and what stands between them: the slow path of date.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "matcher/text/date.h"

namespace bidui::text {

struct DateNumber {
  std::uint64_t value = 0;
  std::uint8_t digits = 0;  // as written
  bool is_month = false;    // a month's name: Nov, 腊月
  char32_t mark = 0;        // what follows it: 年 - / . or 0
};

struct DateWords {
  std::array<DateNumber, 3> numbers{};
  std::size_t count = 0;
  bool lunar = false;       // says so: 农历, 阴历, 初八, 腊月
  bool leap_month = false;  // 闰
};

// Numbers behind the third, and a time of day, are left out; no numbers when the text holds words
// that no date has.
DateWords read_date_words(std::string_view text);

// The solar date of a text that says that it is lunar.
ParsedDate from_lunar_words(const DateWords& words);

}  // namespace bidui::text
