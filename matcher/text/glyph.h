// Look-alike characters (hand-written lists, OCR). Table: glyph_similar.tsv.
#pragma once

#include <functional>

namespace bidui::text {

// How alike two characters look: 1 if equal, 0.5 to 1 for the pairs of the table (pairs attested by
// other sources at least 0.75), else 0. Symmetric. O(log of the look-alikes of one character).
float glyph_similarity(char32_t a, char32_t b);

// All pairs of the table that are more than 0 alike, each once.
void for_each_glyph_pair(const std::function<void(char32_t, char32_t)>& visit);

}  // namespace bidui::text
