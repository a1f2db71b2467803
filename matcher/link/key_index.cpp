#include "matcher/link/key_index.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tbb/parallel_for.h>
#include <utility>

#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

// Covered records lie in a list of their own.
std::uint64_t list_hash(const key::FuzzyKey& key) {
  return key.coverage == key::Coverage::kCovered ? mix64(key.hash) : key.hash;
}

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

template <typename Entry>
void sort_entries(LargeVector<Entry>& entries) {
  std::vector<LargeVector<Entry>> blocks(1);
  blocks[0].swap(entries);
  entries = sorted_entries<Entry>(std::move(blocks));
}

std::uint64_t refined_hash(std::uint64_t hash, std::uint64_t refinement) {
  return hash_combine(hash, refinement);
}

}  // namespace

KeyIndex::KeyIndex(std::size_t rows, const KeyFunction& keys_of, std::uint32_t cap) {
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
        part.push_back(
            {list_hash(key), static_cast<std::uint32_t>(row), static_cast<std::uint8_t>(key.kind)});
      }
    }
  });
  LargeVector<Entry> entries = sorted_entries<Entry>(std::move(parts));
  for (const Entry& e : entries) ++counts_[e.kind].keys;
  refine_hot_keys(entries, keys_of, cap);
  lay_out(entries);
}

void KeyIndex::refine_hot_keys(LargeVector<Entry>& entries, const KeyFunction& keys_of,
                               std::uint32_t cap) {
  const auto same = [](const Entry& a, const Entry& b) {
    return a.hash == b.hash && a.record == b.record;
  };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());

  LargeVector<Entry> kept;
  LargeVector<Entry> refined;
  kept.reserve(entries.size());
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin;
    while (end < entries.size() && entries[end].hash == entries[begin].hash) ++end;
    if (end - begin <= cap) {
      kept.insert(kept.end(), entries.begin() + static_cast<std::ptrdiff_t>(begin),
                  entries.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      kept.push_back({entries[begin].hash, kHot, entries[begin].kind});
      refined.insert(refined.end(), entries.begin() + static_cast<std::ptrdiff_t>(begin),
                     entries.begin() + static_cast<std::ptrdiff_t>(end));
    }
    begin = end;
  }
  key::KeyList keys;
  std::size_t filled = 0;
  for (const Entry& e : refined) {
    keys.clear();
    keys_of(e.record, keys);
    const auto found = std::ranges::find(keys.keys(), e.hash, list_hash);
    ++counts_[e.kind].refined_keys;
    if (found == keys.keys().end() || found->refinement == 0) {
      ++counts_[e.kind].cut_keys;
    } else {
      refined[filled++] = {refined_hash(e.hash, found->refinement), e.record, e.kind};
    }
  }
  refined.resize(filled);
  sort_entries(refined);
  for (std::size_t begin = 0; begin < refined.size();) {
    std::size_t end = begin;
    while (end < refined.size() && refined[end].hash == refined[begin].hash) ++end;
    if (end - begin > cap) {
      counts_[refined[begin].kind].cut_keys += end - begin;
    } else {
      kept.insert(kept.end(), refined.begin() + static_cast<std::ptrdiff_t>(begin),
                  refined.begin() + static_cast<std::ptrdiff_t>(end));
    }
    begin = end;
  }
  entries.swap(kept);
  if (!refined.empty()) sort_entries(entries);
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

std::span<const std::uint32_t> KeyIndex::find_list(std::uint64_t hash,
                                                   std::uint64_t refinement) const {
  const std::span<const std::uint32_t> found = find_hash(hash);
  if (found.size() != 1 || found[0] != kHot) return found;
  return refinement == 0 ? std::span<const std::uint32_t>{}
                         : find_hash(refined_hash(hash, refinement));
}

KeyIndex::Postings KeyIndex::find(const key::FuzzyKey& key) const {
  Postings postings{find_list(key.hash, key.refinement)};
  if (key.coverage == key::Coverage::kBare)
    postings[1] = find_list(mix64(key.hash), key.refinement);
  return postings;
}

bool KeyIndex::may_find(const key::FuzzyKey& key) const {
  return may_hold(key.hash) || (key.coverage == key::Coverage::kBare && may_hold(mix64(key.hash)));
}

void KeyIndex::prefetch_filter(const key::FuzzyKey& key) const {
  __builtin_prefetch(&filter_[key.hash >> filter_shift_]);
  if (key.coverage == key::Coverage::kBare)
    __builtin_prefetch(&filter_[mix64(key.hash) >> filter_shift_]);
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
