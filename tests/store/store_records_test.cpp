// Reading rows and keys by every way that Store offers.
#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <thread>
#include <tuple>

#include "sample_delivery.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

constexpr std::uint32_t kRows = 20000;

class StoreRecords : public testing::Test {
 protected:
  StoreRecords() : store_(Store::create(directory_.store()).value()) {
    id_ = import_sample(store_, sample_, {.segment_entries = 25000}).value().id;
  }

  TemporaryDirectory directory_;
  Store store_;
  SampleDelivery sample_{.seed = 9, .rows = kRows};
  DeliveryId id_{};
};

TEST_F(StoreRecords, ReadsOneRecordAndRefusesRowsBeyondTheLast) {
  for (const std::uint32_t row : {0U, 127U, 128U, 19967U, kRows - 1}) {
    EXPECT_EQ(store_.read_record(id_, row).value(), sample_.record(row));
  }
  EXPECT_EQ(store_.read_record(id_, kRows).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_.read_record(DeliveryId{99}, 0).error().code, ErrorCode::kNotFound);
}

TEST_F(StoreRecords, ReadsManyRecordsInTheirOrder) {
  const std::vector<std::uint32_t> rows = {0, 0, 5, 127, 128, 300, 19999};
  std::vector<std::uint32_t> seen;
  ASSERT_TRUE(store_.read_records(id_, rows, [&](std::uint32_t row, std::string_view record) {
    seen.push_back(row);
    EXPECT_EQ(record, sample_.record(row));
  }));
  EXPECT_EQ(seen, rows);
}

// Rows of the first block, of one in the middle, of both sides of a border, and the last.
TEST_F(StoreRecords, ChangedRecordsTakeThePlaceOfWhatWasAdded) {
  const SampleDelivery other{.seed = 10, .rows = kRows};
  const std::vector<std::uint32_t> changed = {0, 5, 1000, 1279, 1280, kRows - 1};
  auto writer = store_.begin_delivery(other.info()).value();
  ASSERT_TRUE(add_content(writer, other));
  ASSERT_TRUE(writer.change_records(changed, [&](std::uint32_t row, std::string_view record) {
    EXPECT_EQ(record, other.record(row));
    return "changed " + std::string(record);
  }));
  const DeliveryId id = writer.commit().value().id;
  const auto expect_changed = [&](const Store& store) {
    std::uint32_t next = 0;
    ASSERT_TRUE(store.scan_records(id, {0, kRows}, [&](std::uint32_t row, std::string_view record) {
      EXPECT_EQ(row, next++);
      const bool is_changed = std::ranges::binary_search(changed, row);
      EXPECT_EQ(record, (is_changed ? "changed " : "") + other.record(row)) << row;
    }));
    EXPECT_EQ(next, kRows);
  };
  expect_changed(store_);
  EXPECT_EQ(store_.read_record(id, 1280).value(), "changed " + other.record(1280));
  const auto beside = Store::open(directory_.store(), Access::kReadOnly);
  ASSERT_TRUE(beside) << beside.error().describe();
  expect_changed(*beside);
}

TEST_F(StoreRecords, ScansAnyRange) {
  const auto features = sample_.features();
  for (const RowRange range :
       {RowRange{0, 1}, RowRange{100, 300}, RowRange{4095, 4097}, RowRange{8192, 8192},
        RowRange{kRows - 1, kRows + 500}, RowRange{kRows, kRows + 1}, RowRange{7, 3}}) {
    SCOPED_TRACE(std::to_string(range.begin) + " to " + std::to_string(range.end));
    const std::uint32_t end = std::min(range.end, kRows);
    std::uint32_t next = range.begin;
    ASSERT_TRUE(store_.scan_records(id_, range, [&](std::uint32_t row, std::string_view record) {
      EXPECT_EQ(row, next++);
      EXPECT_EQ(record, sample_.record(row));
    }));
    EXPECT_EQ(next, std::max(range.begin, end));
    next = range.begin;
    ASSERT_TRUE(store_.scan_features(
        id_, range, [&](std::uint32_t first_row, std::span<const std::byte> bytes) {
          EXPECT_EQ(first_row, next);
          EXPECT_EQ(std::memcmp(bytes.data(), &features[std::size_t{2} * next], bytes.size()), 0);
          next += static_cast<std::uint32_t>(bytes.size() / 16);
        }));
    EXPECT_EQ(next, std::max(range.begin, end));
  }
}

TEST_F(StoreRecords, SplitRowsCoverAllOnce) {
  for (const std::size_t parts : {1U, 2U, 3U, 5U, 100U}) {
    const auto ranges = store_.split_rows(id_, parts).value();
    EXPECT_LE(ranges.size(), parts);
    std::uint32_t next = 0;
    for (const RowRange& range : ranges) {
      EXPECT_EQ(range.begin, next);
      next = range.end;
    }
    EXPECT_EQ(next, kRows);
  }
}

TEST_F(StoreRecords, TwoThreadsScanTheirParts) {
  const auto ranges = store_.split_rows(id_, 2).value();
  ASSERT_EQ(ranges.size(), 2U);
  std::uint64_t sums[2] = {};
  const auto scan = [&](std::size_t part) {
    const Status done = store_.scan_features(id_, ranges[part],
                                             [&](std::uint32_t, std::span<const std::byte> bytes) {
                                               for (std::size_t i = 0; i < bytes.size(); i += 16) {
                                                 std::uint64_t word = 0;
                                                 std::memcpy(&word, bytes.data() + i, 8);
                                                 sums[part] += word;
                                               }
                                             });
    EXPECT_TRUE(done);
    expect_whole(store_, id_, sample_);  // everything else concurrently, too
  };
  std::thread other(scan, 1);
  scan(0);
  other.join();
  EXPECT_EQ(sums[0] + sums[1], std::uint64_t{kRows} * (kRows - 1) / 2);
}

TEST_F(StoreRecords, PostingsOfManyKeysOverManyDeliveries) {
  const SampleDelivery other{.seed = 10, .rows = 500};
  const DeliveryId other_id = import_sample(store_, other).value().id;
  const DeliveryId ids[] = {other_id, id_};
  const std::uint64_t hashes[] = {sample_.own_hash(12345), 42, other.common_hash(3),
                                  other.own_hash(499)};
  std::vector<std::tuple<DeliveryId, std::size_t, std::size_t>> seen;
  ASSERT_TRUE(store_.postings_many(
      ids, hashes, [&](DeliveryId id, std::size_t index, std::span<const std::uint32_t> rows) {
        seen.emplace_back(id, index, rows.size());
      }));
  const decltype(seen) expected = {{other_id, 2, 71}, {other_id, 3, 1}, {id_, 0, 1}};
  EXPECT_EQ(seen, expected);
  EXPECT_TRUE(store_.postings(id_, 42).value().empty());
  EXPECT_FALSE(store_.postings(DeliveryId{99}, 42));
}

}  // namespace
}  // namespace bidui::store
