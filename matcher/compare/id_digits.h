// The parts of an ID number in a record's features.
#pragma once

#include <array>
#include <cstdint>

#include "matcher/record/features.h"

namespace bidui::compare {

// The first 17 digits and the check digit (10 = X, 15 = absent).
using IdDigits = std::array<std::uint8_t, 18>;

inline IdDigits digits_of(const record::PersonFeatures& p) {
  IdDigits digits{};
  std::uint64_t rest = p.id_digits;
  for (std::size_t i = 17; i-- > 0; rest /= 10) digits[i] = static_cast<std::uint8_t>(rest % 10);
  digits[17] = p.id_check;
  return digits;
}

inline std::uint32_t region_in_id(const record::PersonFeatures& p) {
  return static_cast<std::uint32_t>(p.id_digits / 100'000'000'000ULL);
}
// As 20171120; need not be a date.
inline std::uint32_t birth_in_id(const record::PersonFeatures& p) {
  return static_cast<std::uint32_t>(p.id_digits / 1000 % 100'000'000ULL);
}
inline std::uint32_t sequence_in_id(const record::PersonFeatures& p) {
  return static_cast<std::uint32_t>(p.id_digits % 1000);
}

}  // namespace bidui::compare
