#include "store/index_segment.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "store/index_block.h"

namespace bidui::store {
namespace {

constexpr std::size_t kFewestEntriesPerBlock = 512;
constexpr int kDigits = 7;  // the hash's bytes below the bucket's

}  // namespace

IndexSegment::IndexSegment(std::size_t expected) {
  const std::size_t per_bucket = expected / buckets_.size();
  for (auto& bucket : buckets_) bucket.reserve(per_bucket + per_bucket / 32);
}

void IndexSegment::add(std::span<const IndexEntry> entries) {
  for (const IndexEntry& entry : entries) {
    buckets_[entry.hash >> 56].push_back({.hash_low = static_cast<std::uint32_t>(entry.hash),
                                          .hash_high = static_cast<std::uint32_t>(entry.hash >> 32),
                                          .row = entry.row});
  }
  size_ += entries.size();
}

IndexSegmentInfo IndexSegment::info() const {
  const std::size_t blocks = std::max<std::size_t>(1, size_ / kFewestEntriesPerBlock);
  return {.block_bits = static_cast<std::uint32_t>(std::bit_width(blocks) - 1), .entries = size_};
}

// A stable radix sort from the lowest byte up: rows stay ascending within a hash.
void IndexSegment::sort_bucket(std::vector<Packed>& bucket, std::vector<Packed>& scratch) {
  if (bucket.size() < 256) {
    std::ranges::stable_sort(bucket, {}, &Packed::hash);
    return;
  }
  std::array<std::array<std::uint32_t, 256>, kDigits> places{};
  for (const Packed& entry : bucket) {
    for (unsigned digit = 0; digit < kDigits; ++digit) {
      ++places[digit][(entry.hash() >> (8 * digit)) & 0xff];
    }
  }
  scratch.resize(bucket.size());
  for (unsigned digit = 0; digit < kDigits; ++digit) {
    std::uint32_t next = 0;
    for (std::uint32_t& place : places[digit]) next += std::exchange(place, next);
    for (const Packed& entry : bucket) {
      scratch[places[digit][(entry.hash() >> (8 * digit)) & 0xff]++] = entry;
    }
    bucket.swap(scratch);
  }
}

Status IndexSegment::for_each_block(
    const std::function<Status(std::uint32_t block, std::string_view)>& give) {
  const std::uint32_t bits = info().block_bits;
  std::vector<Packed> scratch;
  IndexBlockBuilder builder;
  std::uint32_t block = 0;
  for (auto& bucket : buckets_) {
    sort_bucket(bucket, scratch);
    for (const Packed& entry : bucket) {
      const std::uint32_t entry_block = index_block_of(entry.hash(), bits);
      if (entry_block != block && !builder.empty()) BIDUI_TRY(give(block, builder.take()));
      block = entry_block;
      builder.add(entry.hash(), entry.row);
    }
    std::vector<Packed>().swap(bucket);
  }
  if (!builder.empty()) BIDUI_TRY(give(block, builder.take()));
  return {};
}

}  // namespace bidui::store
