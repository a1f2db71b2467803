// Amounts of money: units such as 万元 in a column's header or behind a number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bidui::text {

// Zeros that a unit adds to a number of 元: 亿元 8, 万元 4, 千元 3, 百元 2 (元 may be left out, and
// 单位: may stand before it); 0 for any other text.
int unit_zeros(std::string_view unit);

// A decimal number with `zeros` (0 to 8) zeros more, exactly: ("1,234.5", 4) is "12345000". nullopt
// where the text is anything but a number: "3万", "约5".
std::optional<std::string> shift_decimal(std::string_view number, int zeros);

}  // namespace bidui::text
