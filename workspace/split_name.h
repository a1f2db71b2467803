// A Latin full name as family and given name, where the other file keeps the two apart.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::workspace {

enum class NameOrder : std::uint8_t { kGivenFirst, kFamilyFirst };

// Whether the UTF-8 text has characters of U+3000 to U+9FFF: a Chinese name is never split.
bool has_han(std::string_view text);

// Views into the cell.
struct SplitName {
  std::string_view family{};
  std::string_view given{};
};

// "Taylor, Barbara Ann" has its family name before the comma whatever the order; else it is the
// last word (kGivenFirst) or the first one. A single word is the family name.
SplitName split_name(std::string_view cell, NameOrder order);

// The order under which the words of `full` are found more often among the other file's family and
// given names; kGivenFirst if that does not tell. Case is ignored.
NameOrder find_name_order(std::span<const std::string_view> full,
                          std::span<const std::string_view> family,
                          std::span<const std::string_view> given);

}  // namespace bidui::workspace
