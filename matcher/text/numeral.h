// Numbers in Arabic or Chinese digits inside dates and addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bidui::text {

struct Numeral {
  std::uint64_t value = 0;
  std::uint8_t digits =
      0;                 // as written; of 十一 and its like those of the value. 0: no number here
  std::size_t used = 0;  // characters consumed
};

// The number at the start of `chars` (folded): 2017, 二〇一七, 一九五五, 十一, 二十, 廿三,
// 一百二十, 贰. An O or l between Arabic digits is a 0 or 1. At most 18 digits.
Numeral read_numeral(std::span<const char32_t> chars);

// True for a character that can begin a number: an Arabic or Chinese digit, 十, 廿, 卅.
bool is_numeral(char32_t c);

}  // namespace bidui::text
