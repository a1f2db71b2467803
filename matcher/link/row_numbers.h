// The rows that occur in some pairs, numbered from 0 in ascending order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace bidui::link {

struct RowNumbers {
  std::vector<std::uint32_t> of_pair{};  // of each pair
  std::uint32_t count = 0;               // of rows
};

// `side`: the member of a pair that is the row. O(pairs + the largest row).
template <typename Pair>
RowNumbers number_rows(std::span<const Pair> pairs, std::uint32_t Pair::*side) {
  RowNumbers numbers{.of_pair = std::vector<std::uint32_t>(pairs.size())};
  std::uint32_t end = 0;
  for (const Pair& pair : pairs) end = std::max(end, pair.*side + 1);
  std::vector<std::uint32_t> number_of(end);
  for (const Pair& pair : pairs) number_of[pair.*side] = 1;
  for (std::uint32_t& number : number_of) {
    const bool occurs = number != 0;
    number = numbers.count;
    numbers.count += occurs ? 1 : 0;
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) numbers.of_pair[i] = number_of[pairs[i].*side];
  return numbers;
}

}  // namespace bidui::link
