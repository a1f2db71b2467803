// How far a word is from the one that was probably meant: for "did you mean …".
#pragma once

#include <cstddef>
#include <string_view>

namespace bidui::schema {

// Levenshtein's distance over bytes, textbook form: names are short and this runs on errors only.
std::size_t word_distance(std::string_view a, std::string_view b);

}  // namespace bidui::schema
