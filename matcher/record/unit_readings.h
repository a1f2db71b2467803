// The readings of one unit of a name.
#pragma once

#include "matcher/record/features.h"
#include "matcher/text/pinyin.h"

namespace bidui::record {

// Surname readings for the first unit, the given syllable for 王YAN, all 0 for a lost character.
// `i` below name.length; Han names only. O(1).
inline text::Readings unit_readings(const NameFeature& name, std::size_t i) {
  const std::uint16_t unit = name.units[i];
  if (const std::uint16_t syllable = syllable_in_unit(unit); syllable != 0)
    return {{syllable, 0, 0, 0}};
  if (i == 0) return text::surname_readings(unit, name.surname_length > 1 ? name.units[1] : 0);
  return text::readings(unit);
}

// The commonest reading after the mergers of the dialect; the unit itself where it has none; 0 for
// a lost character.
inline std::uint64_t folded_sound(const NameFeature& name, std::size_t i) {
  const std::uint16_t unit = name.units[i];
  if (unit == kWildcardUnit) return 0;
  const bool ordinary = syllable_in_unit(unit) == 0 && (i != 0 || name.surname_length < 2);
  const std::uint16_t folded = !ordinary ? text::fold_dialect(unit_readings(name, i).syllables[0])
                               : i == 0  ? text::folded_surname_reading(unit)
                                         : text::folded_reading(unit);
  return folded != 0 ? folded : 0x10000U + unit;
}

}  // namespace bidui::record
