// Townships and villages by which a user filters: whether there is such a place, and which one may
// have been meant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::workspace {

enum class PlaceKind : std::uint8_t { kTownship, kVillage };

// A name (or part of one) or the first digits of a code that the tables do not have in the county.
struct UnknownPlace {
  PlaceKind kind = PlaceKind::kTownship;
  std::string wanted{};
  std::vector<std::string> near{};  // "千岭乡 340826203", the nearest first, at most five
};

// Do the tables have it below the county (6 digits)? Of a county that is not set, and of villages
// in a county whose villages they do not have, they know nothing: then everything is possible.
bool is_possible_place(std::uint32_t county, PlaceKind kind, std::string_view wanted);

UnknownPlace unknown_place(std::uint32_t county, PlaceKind kind, std::string_view wanted);

}  // namespace bidui::workspace
