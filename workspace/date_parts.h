// Dates that begin with a day or a month: which of the two, a whole column tells.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace bidui::workspace {

// Views into the cell.
struct DateParts {
  std::string_view first{};
  std::string_view second{};
  std::string_view year{};
};

// "08/28/1959", "8-28-1959 0:00": two numbers of one or two digits and a year of four; else
// nullopt.
std::optional<DateParts> split_date(std::string_view cell);

// Whether the column writes the month in front: of the dates that can be read in one way only, more
// are so. Days come first where none tells.
bool month_comes_first(std::span<const std::string_view> cells);

}  // namespace bidui::workspace
