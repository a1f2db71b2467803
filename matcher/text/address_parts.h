// The smallest parts of an address's text: groups, house numbers, the end of a village's name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bidui::text {

struct Group {
  std::uint16_t number = 0;
  std::size_t used = 0;  // characters; 0: there is no group here
};

// A number and the word for a group at the start of `text` (folded): 5组, 二社.
Group read_group(std::u32string_view text);

// The first number before 号; 0 if there is none.
std::uint16_t read_house(std::u32string_view text);

// Where the name of a village ends that no table knows: before its suffix, or before a group.
struct VillageEnd {
  std::size_t name = 0;  // characters of the name; 0: there is no village here
  std::size_t used = 0;  // with its suffix
};
VillageEnd find_village_end(std::u32string_view text);

}  // namespace bidui::text
