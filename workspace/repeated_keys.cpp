#include "workspace/repeated_keys.h"

#include <algorithm>
#include <utility>

namespace bidui::workspace {

// Where the key's first row stands, or would stand.
std::size_t RepeatedKeys::place_of(std::uint64_t key_hash) const {
  const std::size_t mask = rows_.size() - 1;
  std::size_t at = key_hash & mask;
  while (rows_[at] != kFree && hashes_[rows_[at]] != key_hash) at = (at + 1) & mask;
  return at;
}

void RepeatedKeys::add(std::uint64_t key_hash) {
  const auto row = static_cast<std::uint32_t>(hashes_.size());
  hashes_.push_back(key_hash);
  if (2 * size_ >= rows_.size()) grow();
  std::uint32_t& first = rows_[place_of(key_hash)];
  if (first == kFree) {
    first = row;
    ++size_;
    return;
  }
  repeated_.push_back(first);
  repeated_.push_back(row);
}

void RepeatedKeys::grow() {
  const std::vector<std::uint32_t> old =
      std::exchange(rows_, std::vector<std::uint32_t>(2 * rows_.size(), kFree));
  for (const std::uint32_t row : old) {
    if (row != kFree) rows_[place_of(hashes_[row])] = row;
  }
}

std::vector<std::uint32_t> RepeatedKeys::rows() const {
  std::vector<std::uint32_t> rows = repeated_;
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace bidui::workspace
