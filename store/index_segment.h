// The entries of one segment of the fuzzy-key index, gathered in any order of hash and given back
// as sorted blocks.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/delivery_writer.h"

namespace bidui::store {

// The block of a hash in a segment with 2^block_bits blocks.
constexpr std::uint32_t index_block_of(std::uint64_t hash, std::uint32_t block_bits) {
  return block_bits == 0 ? 0 : static_cast<std::uint32_t>(hash >> (64 - block_bits));
}

class IndexSegment {
 public:
  // Room for about `expected` entries with evenly spread hashes; more is allowed.
  explicit IndexSegment(std::size_t expected);

  // Entries of one hash must come with rows ascending.
  void add(std::span<const IndexEntry> entries);
  std::size_t size() const { return size_; }
  // What its blocks will be: on average 512 to 1023 entries each.
  IndexSegmentInfo info() const;

  // Gives the non-empty blocks in ascending order. Sorts in place, bucket by bucket, so that the
  // sort stays in the processor's cache; frees each bucket after use. O(size).
  Status for_each_block(const std::function<Status(std::uint32_t block, std::string_view)>& give);

 private:
  // 12 bytes instead of the 16 of IndexEntry: the segment is what the writer's memory is for.
  struct Packed {
    std::uint32_t hash_low;
    std::uint32_t hash_high;
    std::uint32_t row;
    std::uint64_t hash() const { return (std::uint64_t{hash_high} << 32) | hash_low; }
  };
  static void sort_bucket(std::vector<Packed>& bucket, std::vector<Packed>& scratch);

  std::array<std::vector<Packed>, 256> buckets_;  // by the hash's top byte
  std::size_t size_ = 0;
};

}  // namespace bidui::store
