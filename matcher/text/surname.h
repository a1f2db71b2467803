// Which characters are a surname, and how frequent it is. Table: surnames.tsv.
#pragma once

#include <cstdint>
#include <span>

namespace bidui::text {

// How many of the leading characters of a folded Han name are its surname: 2 to 4 for a compound
// surname, 1 else; 0 where the name has no surname that can be told (long names of minorities).
std::uint8_t surname_length(std::span<const char32_t> chars);

bool is_surname(char32_t c);

// The share of the population that bears the surname, 0 < f < 0.1; the floor of the table (about
// 4e-7) for surnames it does not count.
float surname_frequency(char32_t first, char32_t second_or_0);

}  // namespace bidui::text
