#pragma once

#include <cstddef>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

namespace bidui::link {

// Calls body(row) for every row below `rows`, with all threads, some thousand rows in a row.
template <typename Body>
void for_each_row(std::size_t rows, const Body& body) {
  constexpr std::size_t kBlock = 16384;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows, kBlock),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      for (std::size_t row = range.begin(); row < range.end(); ++row) body(row);
                    });
}

}  // namespace bidui::link
