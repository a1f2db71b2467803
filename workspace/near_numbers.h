// The numbers that a mistyped one may stand for.
#pragma once

#include <cstdint>
#include <vector>

namespace bidui::workspace {

// All numbers of `digits` decimal digits that differ from `number` in one digit, or by a swap of
// two neighbours; without `number` itself. 9 * digits + digits - 1 at most.
std::vector<std::uint64_t> near_numbers(std::uint64_t number, int digits);

// All numbers of `digits` digits that give `number` (digits - 1 of them) when one digit is left
// out; without repeats.
std::vector<std::uint64_t> completed_numbers(std::uint64_t number, int digits);

}  // namespace bidui::workspace
