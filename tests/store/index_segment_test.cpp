#include "store/index_segment.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "store/index_block.h"

namespace bidui::store {
namespace {

struct Case {
  std::size_t entries;
  std::uint64_t hash_mask;  // few bits: many rows for each hash
};

class IndexSegmentOracle : public testing::TestWithParam<Case> {};

// The twin: a sorted vector of (hash, row).
TEST_P(IndexSegmentOracle, BlocksHoldTheSortedEntries) {
  std::mt19937_64 random(20171120);
  std::vector<IndexEntry> entries;
  for (std::uint32_t row = 0; row < GetParam().entries; ++row) {
    entries.push_back({.hash = random() & GetParam().hash_mask, .row = row});
  }
  IndexSegment segment(entries.size());
  segment.add(entries);
  const IndexSegmentInfo info = segment.info();
  std::ranges::stable_sort(entries, {}, &IndexEntry::hash);

  std::size_t next = 0;
  std::int64_t previous_block = -1;
  const Status done = segment.for_each_block([&](std::uint32_t number, std::string_view bytes) {
    EXPECT_GT(std::int64_t{number}, previous_block);
    previous_block = number;
    const auto block = IndexBlock::parse(bytes);
    EXPECT_TRUE(block);
    const std::size_t end = next + block->count();
    while (next < end) {
      const std::uint64_t hash = entries[next].hash;
      EXPECT_EQ(index_block_of(hash, info.block_bits), number);
      std::vector<std::uint32_t> rows;
      block->append_rows(hash, rows);
      for (const std::uint32_t row : rows) EXPECT_EQ(row, entries[next++].row);
      if (rows.empty()) return Status(make_error(ErrorCode::kInternal, "a hash is missing"));
    }
    return Status();
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(next, entries.size());
}

INSTANTIATE_TEST_SUITE_P(SizesAndSkews, IndexSegmentOracle,
                         testing::Values(Case{1, ~0ULL}, Case{511, ~0ULL}, Case{5000, ~0ULL},
                                         Case{300000, ~0ULL}, Case{300000, 0xff00000000000003ULL},
                                         Case{20000, 0}, Case{20000, 0xfffULL},
                                         Case{100000, 0x3fffffffffffffffULL}));

TEST(IndexSegment, BlocksHoldAFewHundredEntries) {
  std::mt19937_64 random(1);
  for (const std::size_t size : {1000U, 5000U, 100000U, 262143U}) {
    IndexSegment segment(size);
    for (std::uint32_t row = 0; row < size; ++row) {
      const IndexEntry entry{.hash = random(), .row = row};
      segment.add(std::span(&entry, 1));
    }
    const std::size_t average = size >> segment.info().block_bits;
    EXPECT_GE(average, 500U);
    EXPECT_LT(average, 1024U);
  }
}

TEST(IndexBlock, FindsNothingForOtherHashes) {
  IndexBlockBuilder builder;
  for (const std::uint64_t hash : {10U, 20U, 20U, 30U}) builder.add(hash, 1);
  const std::string bytes(builder.take());
  const auto block = IndexBlock::parse(bytes);
  ASSERT_TRUE(block);
  for (const std::uint64_t hash : {0U, 15U, 25U, 31U}) {
    std::vector<std::uint32_t> rows;
    block->append_rows(hash, rows);
    EXPECT_TRUE(rows.empty()) << hash;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(IndexBlock::parse(std::string_view(bytes).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace bidui::store
