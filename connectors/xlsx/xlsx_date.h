// Dates in a workbook: numbers of days that only the cell's format tells from other numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bidui::connectors {

// From which day a workbook counts: 1900 (Excel for Windows, WPS, LibreOffice) or 1904.
enum class DateSystem : std::uint8_t { k1900, k1904 };

// Whether numbers of this format are days: a built-in format for dates (ECMA-376 part 1, 18.8.30,
// East Asian ones included), or a code with y, m, d outside quotes, brackets and escapes.
bool is_date_format(std::uint32_t id, std::string_view code);

// "2017-12-03" of 43072; the time of day is dropped. The day before 1900-03-01 that never was
// (serial 60) and all before it are counted as Excel does. nullopt below 1 and beyond the year
// 9999.
std::optional<std::string> date_of_serial(double serial, DateSystem system);

}  // namespace bidui::connectors
