// A map from characters to numbers, split into the direct table of common ideographs and a sorted
// list of the rest.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "matcher/text/reference_layout.h"

namespace bidui::pack {

using CharMap = std::map<char32_t, std::uint32_t>;

inline std::vector<text::CharPair> to_pairs(const CharMap& map) {
  std::vector<text::CharPair> pairs;
  for (const auto& [from, to] : map) pairs.push_back({from, to});
  return pairs;
}

// The entries inside the direct table, 0 where there is none. REQUIRES values below 65536 there.
inline std::vector<std::uint16_t> direct_part(const CharMap& map) {
  std::vector<std::uint16_t> table(text::kHanCount, 0);
  for (const auto& [c, value] : map) {
    if (text::in_han_table(c)) table[c - text::kFirstHan] = static_cast<std::uint16_t>(value);
  }
  return table;
}

inline std::vector<text::CharPair> sparse_part(const CharMap& map) {
  std::vector<text::CharPair> pairs;
  for (const auto& [c, value] : map) {
    if (!text::in_han_table(c)) pairs.push_back({c, value});
  }
  return pairs;
}

}  // namespace bidui::pack
