// Fuzzy keys to rows in a std::multimap, with the cap as it is described: the judge of
// matcher/link/key_index.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace bidui::reference {

class KeyMap {
 public:
  explicit KeyMap(std::size_t cap) : cap_(cap) {}

  void add(std::uint64_t hash, std::uint64_t refinement, std::uint32_t row) {
    rows_.insert({hash, {row, refinement}});
  }

  std::set<std::uint32_t> find(std::uint64_t hash, std::uint64_t refinement) const {
    std::set<std::uint32_t> rows = rows_of(hash);
    if (rows.size() <= cap_) return rows;
    std::set<std::uint32_t> refined;
    const auto [begin, end] = rows_.equal_range(hash);
    for (auto at = begin; at != end; ++at) {
      if (refinement != 0 && at->second.second == refinement) refined.insert(at->second.first);
    }
    return refined.size() <= cap_ ? refined : std::set<std::uint32_t>{};
  }

 private:
  std::set<std::uint32_t> rows_of(std::uint64_t hash) const {
    std::set<std::uint32_t> rows;
    const auto [begin, end] = rows_.equal_range(hash);
    for (auto at = begin; at != end; ++at) rows.insert(at->second.first);
    return rows;
  }

  std::size_t cap_;
  std::multimap<std::uint64_t, std::pair<std::uint32_t, std::uint64_t>> rows_;
};

}  // namespace bidui::reference
