#include "matcher/link/key_index.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tbb/parallel_for.h>

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

// Sorts by (hash, record) with all threads: by the first byte of the hash, then each part by
// itself, which fits the cache.
template <typename Entry>
void sort_entries(std::vector<Entry>& entries) {
  constexpr std::size_t kParts = 256;
  constexpr int kPartShift = 56;
  std::array<std::size_t, kParts + 1> begins{};
  for (const Entry& e : entries) ++begins[(e.hash >> kPartShift) + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<Entry> parted(entries.size());
  std::array<std::size_t, kParts> next;
  std::copy_n(begins.begin(), kParts, next.begin());
  for (const Entry& e : entries) parted[next[e.hash >> kPartShift]++] = e;
  entries.swap(parted);
  tbb::parallel_for(std::size_t{0}, kParts, [&](std::size_t part) {
    const auto at = [&](std::size_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
    std::sort(at(begins[part]), at(begins[part + 1]), [](const Entry& a, const Entry& b) {
      return a.hash != b.hash ? a.hash < b.hash : a.record < b.record;
    });
  });
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
        std::uint64_t base = key_base(key.hash);
        if (hot.refined.contains(base)) {
          part.push_back({base, kHot});
          base = refined_base(base, key.refinement);
          if (key.refinement == 0 || hot.cut.contains(base)) continue;
        }
        part.push_back({list_of(base, key.coverage), static_cast<std::uint32_t>(row)});
      }
    }
  });
  std::size_t total = 0;
  for (const auto& part : parts) total += part.size();
  std::vector<Entry> entries;
  entries.reserve(total);
  for (auto& part : parts) {
    entries.insert(entries.end(), part.begin(), part.end());
    std::vector<Entry>().swap(part);
  }
  sort_entries(entries);
  const auto same = [](const Entry& a, const Entry& b) {
    return a.hash == b.hash && a.record == b.record;
  };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
  lay_out(entries);
}

void KeyIndex::lay_out(std::vector<Entry>& entries) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(entries.size())), 4, 30);
  shift_ = 64 - bits;
  directory_.assign((std::size_t{1} << bits) + 1, 0);
  fingerprints_.resize(entries.size());
  records_.resize(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
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
  Postings postings{find_hash(base)};
  if (postings[0].size() == 1 && postings[0][0] == kHot) {
    if (key.refinement == 0) return {};
    base = refined_base(base, key.refinement);
    postings[0] = find_hash(base);
  }
  if (key.coverage == key::Coverage::kBare)
    postings[1] = find_hash(list_of(base, key::Coverage::kCovered));
  return postings;
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
