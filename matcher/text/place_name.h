// Names of places as they are compared: folded characters without the suffix of their kind.
#pragma once

#include <cstdint>
#include <string_view>

namespace bidui::text {

// 竹墩村委会, 竹墩村 and 竹墩 give 竹墩; at least two characters stay (新村 stays 新村).
std::u32string_view village_stem(std::u32string_view name);
// 千岭乡, 松兹街道办事处; at least two characters stay where there are two.
std::u32string_view township_stem(std::u32string_view name);
// 宿松县, 开州区, 安徽省, 安庆市.
std::u32string_view county_stem(std::u32string_view name);

// How many characters of a village's or township's suffix `text` starts with, all of them in a row.
std::size_t village_suffix(std::u32string_view text);
std::size_t township_suffix(std::u32string_view text);

// 0 for the empty name, never else.
std::uint32_t place_hash(std::u32string_view stem);

}  // namespace bidui::text
