// Fuzzy keys that too many records share: they are refined by a further attribute, and where that
// does not help, cut.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "matcher/base/hash.h"
#include "matcher/key/fuzzy_key.h"

namespace bidui::link {

// Appends the keys of a record.
using KeyFunction = std::function<void(std::size_t row, key::KeyList& keys)>;

// The lowest bit of a key's hash tells the list of covered records from that of the others
// (key::Coverage); the rest names the key. Whether a key is hot is asked of the key, so that a pair
// of records meets or does not whichever of the two is looked up.
constexpr std::uint64_t key_base(std::uint64_t hash) { return hash & ~std::uint64_t{1}; }
constexpr std::uint64_t list_of(std::uint64_t base, key::Coverage coverage) {
  return base | (coverage == key::Coverage::kCovered ? 1U : 0U);
}
constexpr std::uint64_t refined_base(std::uint64_t base, std::uint64_t refinement) {
  return key_base(hash_combine(base, refinement));
}

// An immutable set of hashes. contains() of what is not in it costs one bit's look-up.
class HashSet {
 public:
  HashSet() = default;
  explicit HashSet(std::vector<std::uint64_t> hashes);

  bool contains(std::uint64_t hash) const {
    return !sorted_.empty() && filter_[hash >> shift_] && std::ranges::binary_search(sorted_, hash);
  }
  const std::vector<std::uint64_t>& sorted() const { return sorted_; }
  bool empty() const { return sorted_.empty(); }
  std::size_t size() const { return sorted_.size(); }
  bool operator==(const HashSet& other) const { return sorted_ == other.sorted_; }

 private:
  std::vector<std::uint64_t> sorted_;
  int shift_ = 63;
  std::vector<bool> filter_;  // by the top bits
};

struct HotKeys {
  HashSet refined{};  // bases of keys of which a list holds more records than the cap
  HashSet cut{};      // refined bases of which a list still does

  bool operator==(const HotKeys&) const = default;
};

HotKeys merged(const HotKeys& a, const HotKeys& b);

// By which base a key's records are found where these keys are hot; nothing where by none.
std::optional<std::uint64_t> effective_base(const key::FuzzyKey& key, const HotKeys& hot);

// What an index holds, and what the cap did, per key kind; pairs are counted against one probing
// record.
struct KeyKindCounts {
  std::uint64_t keys = 0;          // (key, record) entries before the cap
  std::uint64_t refined_keys = 0;  // entries of hot keys that were refined by a further attribute
  std::uint64_t cut_keys = 0;  // entries left out: hot even when refined, or without the attribute
};
using KeyCounts = std::array<KeyKindCounts, static_cast<std::size_t>(key::KeyKind::kCount)>;

void add(KeyCounts& sum, const KeyCounts& more);

// How many records share a hot key: those in its list that all meet, and those that only bare ones
// do (key::Coverage).
struct KeyLists {
  std::uint64_t base = 0;
  std::uint32_t open = 0;
  std::uint32_t covered = 0;

  bool operator==(const KeyLists&) const = default;
};

struct KeyCensus {
  KeyCounts counts{};
  std::vector<KeyLists> hot_lists{};  // of the hot keys that these records have, by base
  HotKeys frozen{};                   // as given: hot whatever the records are
  HotKeys later{};                    // hot by these records' number only
  HotKeys all() const { return merged(frozen, later); }
};

// Counts the keys of `rows` records with all threads: O(keys), and O(n log n) in those that are
// hot. What is hot depends on the records and `frozen` only, never on their order.
KeyCensus take_census(std::size_t rows, const KeyFunction& keys_of, std::uint32_t cap,
                      HotKeys frozen = {});

// The counts of a census whose hot keys are known.
KeyCounts count_keys(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot);

// False: no key of the `few` records is hot beside those of `hot`. `rows` are all records that
// share a key with one of the few, and any others. O(keys).
bool may_be_hot(std::size_t few, const KeyFunction& keys_of_few, std::size_t rows,
                const KeyFunction& keys_of_rows, std::uint32_t cap, const HotKeys& hot);

}  // namespace bidui::link
