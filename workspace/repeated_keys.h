// Which record keys of a delivery stand on more than one row, found while the rows stream by.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace bidui::workspace {

// Not for several threads. 16 to 24 bytes for each row: its key's hash, and open addressing by row
// number at most half full; 4 to 8 more for each row whose key is repeated.
class RepeatedKeys {
 public:
  // The next row's key, by a well-mixed hash. Expected O(1).
  void add(std::uint64_t key_hash);

  // Whether some row has this key.
  bool contains(std::uint64_t key_hash) const { return rows_[place_of(key_hash)] != kFree; }

  // All rows whose key another row has too, ascending; rows count from 0 in the order of add().
  std::vector<std::uint32_t> rows() const;

 private:
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

  std::size_t place_of(std::uint64_t key_hash) const;
  void grow();

  std::vector<std::uint64_t> hashes_;                                              // by row
  std::vector<std::uint32_t> rows_ = std::vector<std::uint32_t>(1U << 12, kFree);  // first of a key
  std::size_t size_ = 0;                                                           // keys
  std::vector<std::uint32_t> repeated_;  // unordered, the first row of a key several times
};

}  // namespace bidui::workspace
