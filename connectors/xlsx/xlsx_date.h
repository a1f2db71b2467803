// What the number of a cell is to the person who looks at it: its format alone tells a date from
// other numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bidui::connectors {

// From which day a workbook counts: 1900 (Excel for Windows, WPS, LibreOffice) or 1904.
enum class DateSystem : std::uint8_t { k1900, k1904 };

struct NumberFormat {
  enum class Kind : std::uint8_t {
    kNumber,
    kDate,
    kMonth,   // shown without a day: "1955-06", typed so, is kept as the first of that month
    kPadded,  // "0000": shown with that many digits at least
  };
  Kind kind = Kind::kNumber;
  std::uint8_t digits = 0;  // of kPadded

  bool operator==(const NumberFormat&) const = default;
};

// Of a built-in format (ECMA-376 part 1, 18.8.30, East Asian ones included), or a code: a date has
// y or d outside quotes, brackets and escapes.
NumberFormat number_format(std::uint32_t id, std::string_view code);

// "2017-12-03" of 43072, "2017-12" of the first of a month that is kMonth; the time of day is
// dropped. The day before 1900-03-01 that never was (serial 60) and all before it are counted as
// Excel does. nullopt below 1 and beyond the year 9999.
std::optional<std::string> date_of_serial(double serial, DateSystem system,
                                          NumberFormat::Kind kind = NumberFormat::Kind::kDate);

// A number as it stands in the file ("4482.0", "3020.1999999999998", "4.3E-2") as a spreadsheet
// shows it: at most 15 digits count, which is all that Excel keeps. From 10^15 on only numbers in
// scientific notation are touched, and look like what they are, damaged: of 18 digits, an ID number
// kept as a number, "5.0023519850101E+17" is 500235198501010000, as the same list has it when it is
// saved as text; others stay "6.21700123456789E+18", and so does "5.00235E+17", as it was shown
// once.
std::string shown_number(std::string_view stored, NumberFormat format = {});

}  // namespace bidui::connectors
