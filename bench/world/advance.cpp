#include "bench/world/advance.h"

namespace bidui::world {

void advance(Office& office, std::uint64_t seed, int round) {
  office.rng = Rng(seed, 100 + static_cast<std::uint64_t>(round));
}

}  // namespace bidui::world
