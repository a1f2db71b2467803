#include "matcher/link/key_index.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tbb/parallel_for.h>
#include <utility>

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

// All entries, sorted by (hash, record) with all threads: by the first bits of the hash, then each
// part by itself, which fits the cache.
template <typename Entry, typename Entries>
LargeVector<Entry> sorted_entries(std::vector<Entries> blocks) {
  constexpr std::size_t kParts = 2048;
  constexpr int kPartShift = 53;
  // Where the entries of each block begin in each part.
  std::vector<std::array<std::size_t, kParts>> begins(blocks.size());
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) {
    for (const Entry& e : blocks[block]) ++begins[block][e.hash >> kPartShift];
  });
  std::array<std::size_t, kParts + 1> part_begins{};
  std::size_t total = 0;
  for (std::size_t part = 0; part < kParts; ++part) {
    part_begins[part] = total;
    for (auto& begin : begins) total += std::exchange(begin[part], total);
  }
  part_begins[kParts] = total;
  LargeVector<Entry> entries(total);
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) {
    for (const Entry& e : blocks[block]) entries[begins[block][e.hash >> kPartShift]++] = e;
    Entries().swap(blocks[block]);
  });
  tbb::parallel_for(std::size_t{0}, kParts, [&](std::size_t part) {
    const auto at = [&](std::size_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
    std::sort(at(part_begins[part]), at(part_begins[part + 1]), [](const Entry& a, const Entry& b) {
      return a.hash != b.hash ? a.hash < b.hash : a.record < b.record;
    });
  });
  return entries;
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
  LargeVector<Entry> entries = sorted_entries<Entry>(std::move(parts));
  const auto same = [](const Entry& a, const Entry& b) {
    return a.hash == b.hash && a.record == b.record;
  };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
  lay_out(entries);
}

void KeyIndex::lay_out(LargeVector<Entry>& entries) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(entries.size())), 4, 30);
  shift_ = 64 - bits;
  directory_.assign((std::size_t{1} << bits) + 1, 0);
  fingerprints_.resize(entries.size());
  records_.resize(entries.size());
  const int filter_bits_per_entry = 8;
  const auto words = std::bit_ceil(entries.size() * filter_bits_per_entry / 64 + 2);
  filter_shift_ = 64 - std::countr_zero(words);
  filter_.assign(words, 0);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    filter_[entries[i].hash >> filter_shift_] |= filter_bits(entries[i].hash);
    ++directory_[(entries[i].hash >> shift_) + 1];
    fingerprints_[i] = static_cast<std::uint32_t>(entries[i].hash);
    records_[i] = entries[i].record;
  }
  for (std::size_t b = 1; b < directory_.size(); ++b) directory_[b] += directory_[b - 1];
}

std::span<const std::uint32_t> KeyIndex::find_hash(std::uint64_t hash) const {
  const std::size_t bucket = hash >> shift_;
  const auto fingerprint = static_cast<std::uint32_t>(hash);
  std::uint32_t begin = directory_[bucket];
  const std::uint32_t end = directory_[bucket + 1];
  while (begin < end && fingerprints_[begin] != fingerprint) ++begin;
  std::uint32_t last = begin;
  while (last < end && fingerprints_[last] == fingerprint) ++last;
  return std::span(records_).subspan(begin, last - begin);
}

KeyIndex::Postings KeyIndex::find(const key::FuzzyKey& key) const {
  std::uint64_t base = key_base(key.hash);
  Postings postings{.lists = {find_hash(base)}};
  std::span<const std::uint32_t>& open = postings.lists[0];
  if (open.size() == 1 && open[0] == kHot) {
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
  if (begin >= records_.size()) return;
  __builtin_prefetch(&fingerprints_[begin]);
  __builtin_prefetch(&records_[begin]);
}

}  // namespace bidui::link
