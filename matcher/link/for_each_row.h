#pragma once

#include <cstddef>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

namespace bidui::link {

// Calls body(begin, end) for blocks of some thousand rows, all below `rows`, with all threads.
template <typename Body>
void for_each_block(std::size_t rows, const Body& body) {
  constexpr std::size_t kBlock = 16384;
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, rows, kBlock),
      [&](const tbb::blocked_range<std::size_t>& range) { body(range.begin(), range.end()); });
}

// Calls body(row) for every row below `rows`, with all threads.
template <typename Body>
void for_each_row(std::size_t rows, const Body& body) {
  for_each_block(rows, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) body(row);
  });
}

}  // namespace bidui::link
