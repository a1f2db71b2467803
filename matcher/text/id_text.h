// The digits of an identity number's cell, freed from what people and programs put around them: the
// slow path of id_number.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bidui::text {

struct IdText {
  std::array<std::uint8_t, 24> symbols{};  // 0-9, 10 = X; X only as the 18th
  std::size_t count = 0;
  std::uint16_t flags = 0;    // IdFlag
  std::uint8_t exponent = 0;  // of 5.00235E+17: 17; 0: no such form
  std::uint8_t disability_kind = 0;
  std::uint8_t disability_grade = 0;
  bool masked = false;   // 34282619440515****: the symbols are what stands before the stars
  bool missing = false;  // says that there is no number
  bool other = false;    // cannot be a citizen number
};

IdText read_id_text(std::string_view text);

}  // namespace bidui::text
