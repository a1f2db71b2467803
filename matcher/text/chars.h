// What one character is, and its normal form. Tables: trad_simp_variants.tsv, gbk_pua.tsv.
#pragma once

#include <cstdint>

namespace bidui::text {

// The normal form for comparison: private-use code points of GBK/GB18030 to their characters,
// compatibility forms (full width, radicals, CJK compatibility ideographs) and traditional or
// variant forms that have one simplified form in names. Characters of the 2013 standard list stay
// as they are (乾, 昇, 喆, 堃, 淼). `c` itself when there is nothing to fold; idempotent. O(1) for
// the BMP, O(log n) else.
char32_t fold_char(char32_t c);

// As fold_char, but traditional forms and variants stay: private use and compatibility only.
char32_t fold_compatibility(char32_t c);

// The character of a private-use code point in files that were written under older GBK and GB18030
// mappings (U+E863 is 䶮); also the code points that decoders map differently. `c` itself when
// there is none.
char32_t fold_pua(char32_t c);

// CJK ideographs of all planes, compatibility ideographs, 〇, Kangxi and CJK radicals.
bool is_han(char32_t c);

// The dot inside names of minorities: · • ‧ ・ ･ ． . 。 ● and the hyphens.
bool is_interpunct(char32_t c);

// What people or programs put where a character is missing: ? ？ * ＊ □ ■ 〓 ○ ◇ U+FFFD, and
// private-use code points without a mapping.
bool is_placeholder(char32_t c);

// Spaces of all kinds, zero-width characters, byte-order marks, control characters.
bool is_space(char32_t c);

// Variation selectors and combining marks that carry no meaning in a name.
bool is_ignorable(char32_t c);

}  // namespace bidui::text
