// Mandarin readings without tone, and their mergers in the dialects of the served counties. Tables:
// pinyin.tsv, surnames.tsv, dialect_confusions.tsv.
//
// A syllable is a code from 1, 0 for none; the codes are fixed by the packed
// tables, whose hash (reference.h) belongs to whatever stores them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bidui::text {

// The readings of one character, commonest first, 0-filled.
struct Readings {
  std::uint16_t syllables[4];

  bool operator==(const Readings&) const = default;
};

// Modern readings; the dictionary's where there are no modern ones. All 0 for what is not in the
// table. O(1) for the BMP.
Readings readings(char32_t c);

// The readings of the surname `first` (单 is shan, 仇 is qiu), or of the first character of the
// compound surname `first` `second` (尉 in 尉迟 is yu); alternatives that are heard or typed
// follow. readings(first) where the table has no such surname.
Readings surname_readings(char32_t first, char32_t second_or_0);

// The readings of the second character of a compound surname; readings(second) else.
Readings surname_second_readings(char32_t first, char32_t second);

// The same code for syllables that merge with strength >= 0.6: zh/z, ch/c, sh/s, n/l, hu-/f,
// -en/-eng, -in/-ing. 0 for 0; idempotent. O(1).
std::uint16_t fold_dialect(std::uint16_t syllable);

// fold_dialect() of the commonest reading; 0 where there is none. One look-up for the ideographs of
// the table.
std::uint16_t folded_reading(char32_t c);
// The same of surname_readings(first, 0).
std::uint16_t folded_surname_reading(char32_t first);

// True when the two have a reading in common (after fold_dialect in the second form).
bool share_reading(const Readings& a, const Readings& b);
bool share_dialect_reading(const Readings& a, const Readings& b);

// The code of a syllable in letters of any case, with v, ü or u: for ü, with or without a tone
// digit: "zhang", "LV4", "lü". 0 if there is none.
std::uint16_t find_syllable(std::string_view letters);

// "zhang" for its code; empty for 0 and beyond the table. The view lives as long as the program.
std::string_view syllable_letters(std::uint16_t syllable);

}  // namespace bidui::text
