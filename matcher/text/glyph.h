// Look-alike characters (hand-written lists, OCR). Table: glyph_similar.tsv.
#pragma once

namespace bidui::text {

// How alike two characters look: 1 if equal, 0.5 to 1 for the pairs of the table (pairs attested by
// other sources at least 0.75), else 0. Symmetric. O(log of the look-alikes of one character).
float glyph_similarity(char32_t a, char32_t b);

}  // namespace bidui::text
