// A few bits per ideograph that tell most pairs of characters apart at once.
#pragma once

namespace bidui::text {

// In what two unequal characters may be alike: what is false is sure, what is true is to be looked
// up.
struct PossibleLikeness {
  bool sound = true;       // share a reading, also after the mergers of the dialect
  bool shape = true;       // are look-alikes (glyph.h)
  bool equivalent = true;  // stand for one another (name_equivalent.h)

  bool any() const { return sound || shape || equivalent; }
};

// Nearly all pairs of characters of two people's names end here. possible_surname_likeness() takes
// both for surnames of one character, with their readings as such. All is possible of characters
// without a direct table (in_han_table). Symmetric. O(1).
PossibleLikeness possible_likeness(char32_t a, char32_t b);
PossibleLikeness possible_surname_likeness(char32_t a, char32_t b);

}  // namespace bidui::text
