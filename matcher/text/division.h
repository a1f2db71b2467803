// Administrative divisions by code: views over the packed admin tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace bidui::text {

struct Division {
  std::uint64_t code;     // 9 digits for a township, 12 for a village
  std::string_view name;  // UTF-8 as in the table; lives as long as the program
};

// The townships of a county (6 digits), the villages of a township (9 digits), in the order of
// code. Villages are known for five counties only.
std::size_t township_count(std::uint32_t county);
Division township(std::uint32_t county, std::size_t i);
std::size_t village_count(std::uint32_t township_code);
Division village(std::uint32_t township_code, std::size_t i);

// The name of a division of 2, 4, 6, 9 or 12 digits ("340000", "340826", "340826203",
// "340826203202"); empty when unknown.
std::string_view division_name(std::uint64_t code);

// The names of a county of today, its former names among them (开县 for 开州区).
std::size_t county_name_count(std::uint32_t county);
std::string_view county_name(std::uint32_t county, std::size_t i);

// The county of today that has or had that name, below `province` (2 digits, 0: any); 0 if none or
// several. A scan of the table.
std::uint32_t find_county(std::string_view name, std::uint32_t province = 0);

}  // namespace bidui::text
