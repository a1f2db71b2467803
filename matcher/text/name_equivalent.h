// Surnames and given-name characters that stand for one another in village lists: official
// variants, clerical twins, frequent mistakes. Table: name_equivalents.tsv.
#pragma once

namespace bidui::text {

// Strength 0 to 1 of `a` standing for `b`; 1 if equal, 0 when the table has no such pair.
// Symmetric. Arguments are folded characters (chars.h).
float surname_equivalence(char32_t a, char32_t b);
float given_equivalence(char32_t a, char32_t b);

// False: the character stands for no other one. O(1).
bool has_surname_equivalents(char32_t c);
bool has_given_equivalents(char32_t c);

// The same for surnames of one or two characters (second = 0 for one): 令狐/令孤, 欧阳/欧.
float surname_equivalence(char32_t a1, char32_t a2, char32_t b1, char32_t b2);

}  // namespace bidui::text
