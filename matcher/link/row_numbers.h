// The rows that occur in some pairs, numbered from 0 in ascending order.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace bidui::link {

struct RowNumbers {
  std::vector<std::uint32_t> of_pair{};  // of each pair
  std::uint32_t count = 0;               // of rows
};

// The same of pairs in the order of this side's rows; nothing where they are not.
template <typename Pair>
std::optional<RowNumbers> number_ordered_rows(std::span<const Pair> pairs,
                                              std::uint32_t Pair::*side) {
  RowNumbers numbers{.of_pair = std::vector<std::uint32_t>(pairs.size())};
  if (pairs.empty()) return numbers;
  std::uint32_t before = pairs.front().*side;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::uint32_t row = pairs[i].*side;
    if (row < before) return std::nullopt;
    numbers.count += row != before ? 1 : 0;
    numbers.of_pair[i] = numbers.count;
    before = row;
  }
  ++numbers.count;
  return numbers;
}

// `side`: the member of a pair that is the row. O(pairs), and a 64th of the largest row.
template <typename Pair>
RowNumbers number_rows(std::span<const Pair> pairs, std::uint32_t Pair::*side) {
  if (auto ordered = number_ordered_rows(pairs, side)) return std::move(*ordered);
  RowNumbers numbers{.of_pair = std::vector<std::uint32_t>(pairs.size())};
  std::uint32_t end = 0;
  for (const Pair& pair : pairs) end = std::max(end, pair.*side + 1);
  constexpr std::uint32_t kBits = 64;
  std::vector<std::uint64_t> occurs(end / kBits + 1);
  for (const Pair& pair : pairs)
    occurs[pair.*side / kBits] |= std::uint64_t{1} << pair.*side % kBits;
  std::vector<std::uint32_t> before(occurs.size());  // how many occur before each word
  for (std::size_t word = 0; word < occurs.size(); ++word) {
    before[word] = numbers.count;
    numbers.count += static_cast<std::uint32_t>(std::popcount(occurs[word]));
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::uint32_t row = pairs[i].*side;
    const std::uint64_t lower = occurs[row / kBits] & ((std::uint64_t{1} << row % kBits) - 1);
    numbers.of_pair[i] = before[row / kBits] + static_cast<std::uint32_t>(std::popcount(lower));
  }
  return numbers;
}

}  // namespace bidui::link
