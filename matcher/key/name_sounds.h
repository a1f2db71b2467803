// The sounds of a name's parts, as the fuzzy keys use them.
#pragma once

#include <array>
#include <cstdint>

#include "matcher/record/features.h"

namespace bidui::key {

inline constexpr std::size_t kGivenForms = 3;
inline constexpr std::size_t kGivenCharacters = 3;

// Folded for the dialects; 0 = none, or a lost character is in it.
struct NameSounds {
  std::uint64_t surname = 0;  // of the first character only, so that 欧阳/欧 agree
  // Of the characters after the surname, so that 欧阳建国 and 王建国 agree; with a compound surname
  // also of all characters after the first, so that it agrees with ?阳建国; of a name of four or
  // more with no such surname (次仁曲珍, 阿卜杜拉买买提) also of the last one and the last two,
  // because the part before the interpunct is left out at times.
  std::array<std::uint64_t, kGivenForms> givens{};
  // Of the first characters after the surname, one by one.
  std::array<std::uint64_t, kGivenCharacters> characters{};
  std::uint64_t first_given = 0;
  bool single_given = false;  // one character after the surname
  // The name's fold with the surname read as a word (单 dān), where that is another: 建国单 is
  // 单建国.
  std::uint32_t word_fold = 0;
};

// All 0 for no name and for words that name nobody. O(length).
NameSounds sounds_of(const record::NameFeature& name);

}  // namespace bidui::key
