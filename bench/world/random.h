// The generator's source of chance: small, fast, and the same on every machine. (The distributions
// of <random> are not the same between libraries, so they are not used.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/base/hash.h"

namespace bidui::world {

// SplitMix64. Not shared between threads: each stage and each source has a stream of its own, so
// that a change in one leaves the bytes of the others as they were.
class Rng {
 public:
  Rng(std::uint64_t seed, std::uint64_t stream) : state_(hash_combine(seed, stream)) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mix64(state_);
  }

  // In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return unit() < probability; }

  // In [low, high], both included; low when high < low.
  int range(int low, int high) {
    if (high <= low) return low;
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
  }

  // In [0, size); size must not be 0.
  std::size_t index(std::size_t size) { return static_cast<std::size_t>(next() % size); }

  template <typename Container>
  const auto& pick(const Container& items) {
    return items[index(std::size(items))];
  }

  // Roughly normal: the sum of three uniforms, mean 0, standard deviation 1, within ±3.
  double bell() { return (unit() + unit() + unit() - 1.5) * 2.0; }

 private:
  std::uint64_t state_;
};

// Draws an index with probability proportional to its weight. O(log n) a draw.
class WeightedIndex {
 public:
  void add(double weight) { cumulative_.push_back(total() + (weight > 0 ? weight : 0)); }
  double total() const { return cumulative_.empty() ? 0.0 : cumulative_.back(); }
  std::size_t size() const { return cumulative_.size(); }
  bool empty() const { return total() <= 0.0; }

  // REQUIRES: !empty().
  std::size_t draw(Rng& rng) const;

 private:
  std::vector<double> cumulative_;
};

}  // namespace bidui::world
