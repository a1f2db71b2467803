// Small string kernels over fixed buffers: no heap, cut off early.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bidui::compare {

// Jaro-Winkler similarity in [0, 1] of two byte strings of at most 64 bytes each (longer input: the
// first 64 bytes). Prefix scale .1 over at most four bytes (Winkler 1990). Two empty strings: 1;
// one empty: 0. O(len_a * len_b / 64).
double jaro_winkler(std::string_view a, std::string_view b);

// Whether a and b differ by at most one insertion, deletion, substitution or swap of neighbours.
// O(n).
bool within_one_edit(std::string_view a, std::string_view b);

// Optimal string alignment distance (Levenshtein with swaps of neighbours), cut off: returns limit
// + 1 when it is greater than `limit`. At most 32 units each; longer input counts as limit + 1
// unless equal. O(len_a * len_b).
int osa_distance(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, int limit);

}  // namespace bidui::compare
