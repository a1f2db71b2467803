// The county three months later: what befell people, and what the offices did about it.
#pragma once

#include <cstdint>

#include "bench/world/decisions.h"

namespace bidui::world {

// Moves lives, registers and delivery dates on by 91 days. `round` counts from 1 and names the
// stream of chance.
void advance(Office& office, std::uint64_t seed, int round);

}  // namespace bidui::world
