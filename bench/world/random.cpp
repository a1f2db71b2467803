#include "bench/world/random.h"

#include <algorithm>

namespace bidui::world {

std::size_t WeightedIndex::draw(Rng& rng) const {
  const double at = rng.unit() * total();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
  const auto index = static_cast<std::size_t>(found - cumulative_.begin());
  return std::min(index, cumulative_.size() - 1);
}

}  // namespace bidui::world
