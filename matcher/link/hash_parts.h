// Sorting what is told apart by hashes: in linear time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <utility>
#include <vector>

#include "matcher/base/large_vector.h"

namespace bidui::link {

// Entries are cut into parts by the first bits of their hash: each fits the cache.
inline constexpr int kPartBits = 11;
inline constexpr std::size_t kParts = std::size_t{1} << kPartBits;
inline constexpr int kPartShift = 64 - kPartBits;

enum class Repeats : bool { kKept, kDropped };

// All entries by parts, each part sorted. part_ends[p]: where part p ends; it begins at
// part_begins[p], behind what was dropped of the part before.
template <typename Entry>
struct PartedEntries {
  LargeVector<Entry> entries;
  std::array<std::size_t, kParts + 1> part_begins{};
  std::array<std::size_t, kParts> part_ends{};

  std::span<const Entry> part(std::size_t p) const {
    return std::span(entries).subspan(part_begins[p], part_ends[p] - part_begins[p]);
  }
};

// Sorts one part after the other: into as many buckets as there are entries, by the bits of the
// hash that follow the part's, and then within each.
template <typename Entry>
class PartSorter {
 public:
  explicit PartSorter(Repeats repeats) : repeats_(repeats) {}

  // Returns how many entries are left, at the beginning.
  std::size_t sort(std::span<Entry> entries) {
    const int bits = std::clamp(static_cast<int>(std::bit_width(entries.size())), 1, 24);
    const auto bucket = [&](const Entry& e) { return e.hash << kPartBits >> (64 - bits); };
    ends_.assign((std::size_t{1} << bits) + 1, 0);
    for (const Entry& e : entries) ++ends_[bucket(e) + 1];
    for (std::size_t b = 1; b < ends_.size(); ++b) ends_[b] += ends_[b - 1];
    sorted_.resize(entries.size());
    for (const Entry& e : entries) sorted_[ends_[bucket(e)]++] = e;
    std::size_t kept = 0;
    for (std::size_t b = 0, begin = 0; begin < sorted_.size(); begin = ends_[b++]) {
      const std::span<Entry> own = std::span(sorted_).subspan(begin, ends_[b] - begin);
      if (own.size() > 1 && !std::ranges::is_sorted(own)) std::ranges::sort(own);
      for (const Entry& e : own) {
        if (repeats_ == Repeats::kKept || kept == 0 || entries[kept - 1] != e) entries[kept++] = e;
      }
    }
    return kept;
  }

 private:
  Repeats repeats_;
  std::vector<std::uint32_t> ends_;  // of the buckets
  std::vector<Entry> sorted_;
};

// Sorts the entries of all blocks, which are ordered by their well-mixed member `hash` first. Uses
// all threads; O(n) where few hashes repeat.
template <typename Entry>
PartedEntries<Entry> sort_by_hash(std::vector<std::vector<Entry>> blocks, Repeats repeats) {
  PartedEntries<Entry> parted;
  // Where the entries of each block begin in each part.
  std::vector<std::array<std::size_t, kParts>> begins(blocks.size());
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) {
    for (const Entry& e : blocks[block]) ++begins[block][e.hash >> kPartShift];
  });
  std::size_t total = 0;
  for (std::size_t part = 0; part < kParts; ++part) {
    parted.part_begins[part] = total;
    for (auto& begin : begins) total += std::exchange(begin[part], total);
  }
  parted.part_begins[kParts] = total;
  parted.entries.resize(total);
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) {
    for (const Entry& e : blocks[block]) parted.entries[begins[block][e.hash >> kPartShift]++] = e;
    std::vector<Entry>().swap(blocks[block]);
  });
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, kParts),
                    [&](const tbb::blocked_range<std::size_t>& parts) {
                      PartSorter<Entry> sorter(repeats);
                      for (std::size_t p = parts.begin(); p < parts.end(); ++p) {
                        const std::size_t begin = parted.part_begins[p];
                        const std::size_t size = parted.part_begins[p + 1] - begin;
                        parted.part_ends[p] =
                            begin + sorter.sort(std::span(parted.entries).subspan(begin, size));
                      }
                    });
  return parted;
}

}  // namespace bidui::link
