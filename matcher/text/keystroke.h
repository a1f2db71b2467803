// Slips of the keys in typing pinyin.
#pragma once

#include <cstdint>

namespace bidui::text {

// Whether two different syllables are one slip apart on a keyboard: a key left out (jian, jan), one
// too many, its neighbour pressed (san, dan), or two keys in the other order (jain). False where
// one is 0. Symmetric. O(1).
bool one_keystroke_apart(std::uint16_t a, std::uint16_t b);

}  // namespace bidui::text
