// A Bloom filter over the index hashes of a delivery: says of a hash that no record has it, without
// reading. Blocked: one look-up touches one cache line (Putze, Sanders, Singler, "Cache-, Hash- and
// Space-Efficient Bloom Filters", 2007).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bidui::store {

class KeyFilter {
 public:
  // Room for so many hashes at 10 bits each: about 1 in 80 of those that were not added passes.
  explicit KeyFilter(std::size_t hashes);

  void add(std::uint64_t hash);
  // False: was never added.
  bool may_have(std::uint64_t hash) const;

 private:
  static constexpr std::size_t kWords = 8;  // of a block: one cache line
  struct alignas(64) Block {
    std::uint64_t words[kWords] = {};
  };
  std::size_t block_of(std::uint64_t hash) const;

  std::vector<Block> blocks_;
};

}  // namespace bidui::store
