#include "matcher/link/key_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <utility>

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

// The entries are cut into parts by the first bits of their hash: each fits the cache, and no two
// write to one word of the tables.
constexpr int kPartBits = 11;
constexpr std::size_t kParts = std::size_t{1} << kPartBits;
constexpr int kPartShift = 64 - kPartBits;

// All entries by parts, each part sorted by (hash, record) without repetitions. part_ends[p]: where
// part p ends; it begins at part_begins[p].
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
  // Returns how many entries are left without repetitions, at the beginning.
  std::size_t sort(std::span<Entry> entries) {
    const int bits = std::clamp(static_cast<int>(std::bit_width(entries.size())), 1, 24);
    const auto bucket = [&](const Entry& e) { return e.hash << kPartBits >> (64 - bits); };
    ends_.assign((std::size_t{1} << bits) + 1, 0);
    for (const Entry& e : entries) ++ends_[bucket(e) + 1];
    for (std::size_t b = 1; b < ends_.size(); ++b) ends_[b] += ends_[b - 1];
    sorted_.resize(entries.size());
    for (const Entry& e : entries) sorted_[ends_[bucket(e)]++] = e;
    const auto before = [](const Entry& a, const Entry& b) {
      return a.hash != b.hash ? a.hash < b.hash : a.record < b.record;
    };
    std::size_t kept = 0;
    for (std::size_t b = 0, begin = 0; begin < sorted_.size(); begin = ends_[b++]) {
      const std::span<Entry> own = std::span(sorted_).subspan(begin, ends_[b] - begin);
      if (own.size() > 1 && !std::ranges::is_sorted(own, before)) std::ranges::sort(own, before);
      for (const Entry& e : own) {
        const bool repeated =
            kept != 0 && entries[kept - 1].hash == e.hash && entries[kept - 1].record == e.record;
        if (!repeated) entries[kept++] = e;
      }
    }
    return kept;
  }

 private:
  std::vector<std::uint32_t> ends_;  // of the buckets
  std::vector<Entry> sorted_;
};

template <typename Entry>
PartedEntries<Entry> part_entries(std::vector<std::vector<Entry>> blocks) {
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
                      PartSorter<Entry> sorter;
                      for (std::size_t p = parts.begin(); p < parts.end(); ++p) {
                        const std::size_t begin = parted.part_begins[p];
                        const std::size_t size = parted.part_begins[p + 1] - begin;
                        parted.part_ends[p] =
                            begin + sorter.sort(std::span(parted.entries).subspan(begin, size));
                      }
                    });
  return parted;
}

}  // namespace

KeyIndex::KeyIndex(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot) {
  const std::size_t blocks = (rows + kBlock - 1) / kBlock;
  std::vector<std::vector<Entry>> parts(blocks);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    key::KeyList keys;
    std::vector<Entry>& part = parts[block];
    part.reserve(kBlock * 12);
    for (std::size_t row = block * kBlock; row < std::min(rows, (block + 1) * kBlock); ++row) {
      keys.clear();
      keys_of(row, keys);
      for (const key::FuzzyKey& key : keys.keys()) {
        const auto base = effective_base(key, hot);
        if (base != key_base(key.hash)) part.push_back({key_base(key.hash), kHot});
        if (base) part.push_back({list_of(*base, key.coverage), static_cast<std::uint32_t>(row)});
      }
    }
  });
  const PartedEntries<Entry> parted = part_entries(std::move(parts));
  std::array<std::uint32_t, kParts + 1> offsets{};
  for (std::size_t part = 0; part < kParts; ++part)
    offsets[part + 1] = offsets[part] + static_cast<std::uint32_t>(parted.part(part).size());
  const std::size_t total = offsets[kParts];
  shift_ = 64 - std::clamp(static_cast<int>(std::bit_width(total)), kPartBits, 30);
  directory_.resize((std::size_t{1} << (64 - shift_)) + 1);
  directory_.back() = static_cast<std::uint32_t>(total);
  postings_.resize(total);
  constexpr std::size_t kFilterBits = 8;  // per entry
  const auto words = std::max(std::bit_ceil(total * kFilterBits / 64 + 2), kParts);
  filter_shift_ = 64 - std::countr_zero(words);
  filter_.assign(words, 0);
  tbb::parallel_for(std::size_t{0}, kParts,
                    [&](std::size_t part) { lay_out(part, parted.part(part), offsets[part]); });
}

// Writes the entries of a part to the tables, from place `at` on.
void KeyIndex::lay_out(std::size_t part, std::span<const Entry> entries, std::uint32_t at) {
  const int bucket_shift = kPartShift - shift_;  // of a part's buckets
  std::size_t bucket = part << bucket_shift;     // the next whose beginning is not set
  for (const Entry& entry : entries) {
    for (const std::size_t own = entry.hash >> shift_; bucket <= own; ++bucket)
      directory_[bucket] = at;
    filter_[entry.hash >> filter_shift_] |= filter_bits(entry.hash);
    postings_[at++] = {static_cast<std::uint32_t>(entry.hash), entry.record};
  }
  for (; bucket < (part + 1) << bucket_shift; ++bucket) directory_[bucket] = at;
}

std::span<const KeyIndex::Posting> KeyIndex::find_hash(std::uint64_t hash) const {
  const std::size_t bucket = hash >> shift_;
  const auto fingerprint = static_cast<std::uint32_t>(hash);
  std::uint32_t begin = directory_[bucket];
  const std::uint32_t end = directory_[bucket + 1];
  while (begin < end && postings_[begin].fingerprint != fingerprint) ++begin;
  std::uint32_t last = begin;
  while (last < end && postings_[last].fingerprint == fingerprint) ++last;
  return std::span(postings_).subspan(begin, last - begin);
}

KeyIndex::Postings KeyIndex::find(const key::FuzzyKey& key) const {
  std::uint64_t base = key_base(key.hash);
  Postings postings{.lists = {find_hash(base)}};
  std::span<const Posting>& open = postings.lists[0];
  if (open.size() == 1 && open[0].record == kHot) {
    postings.hot = true;
    open = {};
    if (key.refinement == 0) return postings;
    base = refined_base(base, key.refinement);
    open = find_hash(base);
  }
  if (key.coverage == key::Coverage::kBare)
    postings.lists[1] = find_hash(list_of(base, key::Coverage::kCovered));
  return postings;
}

bool KeyIndex::may_find(const key::FuzzyKey& key) const {
  const std::uint64_t base = key_base(key.hash);
  return may_hold(base) ||
         (key.coverage == key::Coverage::kBare && may_hold(list_of(base, key::Coverage::kCovered)));
}

void KeyIndex::prefetch_filter(const key::FuzzyKey& key) const {
  __builtin_prefetch(&filter_[key.hash >> filter_shift_]);
}

void KeyIndex::prefetch_directory(const key::FuzzyKey& key) const {
  __builtin_prefetch(&directory_[key.hash >> shift_]);
}

void KeyIndex::prefetch_entries(const key::FuzzyKey& key) const {
  const std::uint32_t begin = directory_[key.hash >> shift_];
  __builtin_prefetch(postings_.data() + begin);
}

}  // namespace bidui::link
