// A small set of hashes that is asked of many: it may say yes in vain, seldom, never no.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bidui {

// Three bits of one word per hash, which must be mixed well (base/hash.h). About one in three
// hundred that are not in it passes. Not to be changed while others ask.
class HashFilter {
 public:
  // For about so many hashes, 2 to 4 bytes each.
  explicit HashFilter(std::size_t hashes)
      : words_(std::bit_ceil(std::max<std::size_t>(hashes / 4, 2))),
        shift_(64 - std::countr_zero(words_.size())) {}

  void add(std::uint64_t hash) { words_[hash >> shift_] |= bits_of(hash); }
  bool may_hold(std::uint64_t hash) const { return (bits_of(hash) & ~words_[hash >> shift_]) == 0; }

 private:
  static std::uint64_t bits_of(std::uint64_t hash) {
    return std::uint64_t{1} << hash % 64 | std::uint64_t{1} << hash / 64 % 64 |
           std::uint64_t{1} << hash / 4096 % 64;
  }
  std::vector<std::uint64_t> words_;  // by the top bits
  int shift_;
};

}  // namespace bidui
