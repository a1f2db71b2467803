// The fuzzy-key index of the side that is held in memory: key hash to records, at bounded cost.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/base/large_vector.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/link/hot_keys.h"
#include "matcher/link/record_table.h"

namespace bidui::link {

// The records of hot keys are found by (key, refinement) only, those of cut ones not by this key at
// all. So a probing record meets at most 2 x cap x kMaxKeys records, whatever the names are, where
// the keys that are too common for that were found by a census of the same records. What is left
// out depends on the records only, never on their order, nor on which of two records is indexed.
class KeyIndex {
 public:
  // Builds with all threads. O(n log n) in the number of entries; 8 bytes an entry, 4 a directory
  // slot and 1 to 2 of the filter.
  KeyIndex(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot);

  struct Posting {
    std::uint32_t fingerprint;  // low bits of the key's hash
    std::uint32_t record;
  };
  // The records that a record with `key` meets by it (key::Coverage), in up to two ascending lists.
  // O(1) expected.
  struct Postings {
    std::array<std::span<const Posting>, 2> lists{};
    bool hot = false;  // the key was refined: others that share it are left out

    auto begin() const { return lists.begin(); }
    auto end() const { return lists.end(); }
  };
  Postings find(const key::FuzzyKey& key) const;

  // False: find() finds nothing; true: it may. Nearly all keys of a large side end here, at the
  // price of one cache line of a small table: about one in thirty passes in vain.
  bool may_find(const key::FuzzyKey& key) const {
    const std::uint64_t base = key_base(key.hash);
    return may_hold(base) || (key.coverage == key::Coverage::kBare &&
                              may_hold(list_of(base, key::Coverage::kCovered)));
  }

  // Each asks the processor for the cache lines that the next step will read: may_find(),
  // prefetch_entries(), find().
  void prefetch_filter(const key::FuzzyKey& key) const {
    __builtin_prefetch(filter_.data() + (key.hash >> filter_shift_));
  }
  void prefetch_directory(const key::FuzzyKey& key) const {
    __builtin_prefetch(directory_.data() + (key.hash >> shift_));
  }
  void prefetch_entries(const key::FuzzyKey& key) const {
    __builtin_prefetch(postings_.data() + directory_[key.hash >> shift_]);
  }

  std::size_t entry_count() const { return postings_.size(); }

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t record;
    auto operator<=>(const Entry&) const = default;
  };
  void lay_out(std::size_t part, std::span<const Entry> entries, std::uint32_t at);
  std::span<const Posting> find_hash(std::uint64_t hash) const;

  static constexpr std::uint32_t kHot = 0xFFFFFFFF;  // in place of a record: refine this key

  // Three bits of one word per hash.
  static std::uint64_t filter_bits(std::uint64_t hash) {
    return std::uint64_t{1} << hash % 64 | std::uint64_t{1} << hash / 64 % 64 |
           std::uint64_t{1} << hash / 4096 % 64;
  }
  bool may_hold(std::uint64_t hash) const {
    return (filter_bits(hash) & ~filter_[hash >> filter_shift_]) == 0;
  }

  int filter_shift_ = 63;
  LargeVector<std::uint64_t> filter_;  // by the top bits of the hash
  int shift_ = 63;
  LargeVector<std::uint32_t> directory_;  // first posting of each bucket (top bits of the hash)
  LargeVector<Posting> postings_;
};

}  // namespace bidui::link
