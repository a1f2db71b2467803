// The fuzzy-key index of the side that is held in memory: key hash to records, at bounded cost.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

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
  // Builds with all threads. O(n log n) in the number of entries; 8 bytes an entry and 4 a
  // directory slot.
  KeyIndex(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot);

  // The records that a record with `key` meets by it (key::Coverage), in up to two ascending lists.
  // O(1) expected.
  using Postings = std::array<std::span<const std::uint32_t>, 2>;
  Postings find(const key::FuzzyKey& key) const;

  // Asks the processor for the cache lines that find() will read.
  void prefetch_directory(const key::FuzzyKey& key) const;
  void prefetch_entries(const key::FuzzyKey& key) const;

  std::size_t entry_count() const { return records_.size(); }

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t record;
  };
  void lay_out(std::vector<Entry>& entries);
  std::span<const std::uint32_t> find_hash(std::uint64_t hash) const;

  static constexpr std::uint32_t kHot = 0xFFFFFFFF;  // in place of a record: refine this key

  int shift_ = 63;
  std::vector<std::uint32_t> directory_;     // first entry of each bucket (top bits of the hash)
  std::vector<std::uint32_t> fingerprints_;  // low bits of the hash, per entry
  std::vector<std::uint32_t> records_;
};

}  // namespace bidui::link
