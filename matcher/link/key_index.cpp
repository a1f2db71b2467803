#include "matcher/link/key_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <tbb/parallel_for.h>

#include "matcher/link/hash_parts.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

}  // namespace

KeyIndex::KeyIndex(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot) {
  const std::size_t blocks = (rows + kBlock - 1) / kBlock;
  std::vector<std::vector<Entry>> parts(blocks);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    key::KeyList keys;
    std::vector<Entry>& part = parts[block];
    part.reserve(kBlock * 20);
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
  const PartedEntries<Entry> parted = sort_by_hash(std::move(parts), Repeats::kDropped);
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

}  // namespace bidui::link
