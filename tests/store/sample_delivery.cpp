#include "sample_delivery.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>

#include "matcher/base/hash.h"

namespace bidui::store {

namespace {

// Different for every seed, kind of value and row.
std::uint64_t value_of(std::uint32_t seed, std::uint64_t kind, std::uint32_t row) {
  return hash_combine(hash_combine(seed, kind), row);
}

}  // namespace

DeliveryInfo SampleDelivery::info() const {
  return {.source = "housing",
          .instance = "housing@county" + std::to_string(seed),
          .coverage = "500235",
          .as_of = "2017-11-20",
          .content_hash = std::to_string(mix64(seed)),
          .schema_hash = "5",
          .files = {"危房.csv"},
          .rows = {.read = rows, .loaded = rows},
          .feature_stride = 16};
}

std::string SampleDelivery::record(std::uint32_t row) const {
  const std::uint64_t hash = value_of(seed, 0, row);
  std::string text = "record " + std::to_string(hash);
  text.resize(hash % 80, '.');
  return text;
}

std::vector<std::uint64_t> SampleDelivery::features() const {
  std::vector<std::uint64_t> words;
  for (std::uint32_t row = 0; row < rows; ++row) {
    words.push_back(row);
    words.push_back(value_of(seed, 1, row));
  }
  return words;
}

std::uint64_t SampleDelivery::own_hash(std::uint32_t row) const { return value_of(seed, 2, row); }

std::uint64_t SampleDelivery::common_hash(std::uint32_t row) const {
  return value_of(seed, 3, row % 7);
}

std::vector<IndexEntry> SampleDelivery::index() const {
  std::vector<IndexEntry> entries;
  for (std::uint32_t row = 0; row < rows; ++row) {
    entries.push_back({.hash = own_hash(row), .row = row});
    entries.push_back({.hash = common_hash(row), .row = row});
    entries.push_back({.hash = value_of(seed, 4, row), .row = row});
  }
  return entries;
}

Status add_content(DeliveryWriter& writer, const SampleDelivery& sample) {
  for (std::uint32_t row = 0; row < sample.rows;) {
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < 1 + row % 300 && row < sample.rows; ++i, ++row) {
      texts.push_back(sample.record(row));
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    BIDUI_TRY(writer.add_records(views));
  }
  const auto features = sample.features();
  const std::size_t half = features.size() / 4 * 2;
  BIDUI_TRY(writer.add_features(std::as_bytes(std::span(features).first(half))));
  BIDUI_TRY(writer.add_features(std::as_bytes(std::span(features).subspan(half))));
  return writer.add_index(sample.index());
}

Result<DeliveryInfo> import_sample(Store& store, const SampleDelivery& sample,
                                   const WriterOptions& options) {
  auto writer = store.begin_delivery(sample.info(), options);
  if (!writer) return writer.error();
  BIDUI_TRY(add_content(*writer, sample));
  return writer->commit();
}

namespace {

void expect_records(const Store& store, DeliveryId id, const SampleDelivery& sample) {
  std::uint32_t next = 0;
  const Status scanned = store.scan_records(id, [&](std::uint32_t row, std::string_view record) {
    EXPECT_EQ(row, next++);
    EXPECT_EQ(record, sample.record(row));
  });
  EXPECT_TRUE(scanned) << scanned.error().describe();
  EXPECT_EQ(next, sample.rows);
}

void expect_features(const Store& store, DeliveryId id, const SampleDelivery& sample) {
  std::vector<std::uint64_t> read;
  const Status scanned =
      store.scan_features(id, [&](std::uint32_t first_row, std::span<const std::byte> bytes) {
        EXPECT_EQ(first_row, read.size() / 2);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes.data()) % 8, 0U);
        const std::size_t before = read.size();
        read.resize(before + bytes.size() / 8);
        std::memcpy(read.data() + before, bytes.data(), bytes.size());
      });
  EXPECT_TRUE(scanned) << scanned.error().describe();
  EXPECT_EQ(read, sample.features());
}

void expect_postings(const Store& store, DeliveryId id, const SampleDelivery& sample) {
  for (std::uint32_t row = 0; row < sample.rows; row += 1 + sample.rows / 50) {
    const auto own = store.postings(id, sample.own_hash(row));
    ASSERT_TRUE(own) << own.error().describe();
    EXPECT_EQ(*own, std::vector<std::uint32_t>{row});
  }
  std::vector<std::uint32_t> every_seventh;
  for (std::uint32_t row = 0; row < sample.rows; row += 7) every_seventh.push_back(row);
  const auto common = store.postings(id, sample.common_hash(0));
  ASSERT_TRUE(common) << common.error().describe();
  EXPECT_EQ(*common, every_seventh);
}

}  // namespace

void expect_whole(const Store& store, DeliveryId id, const SampleDelivery& sample) {
  SCOPED_TRACE("delivery " + std::to_string(static_cast<std::uint32_t>(id)));
  DeliveryInfo expected = sample.info();
  expected.id = id;
  expected.record_count = sample.rows;
  const auto info = store.delivery(id);
  ASSERT_TRUE(info) << info.error().describe();
  EXPECT_EQ(*info, expected);
  expect_records(store, id, sample);
  expect_features(store, id, sample);
  expect_postings(store, id, sample);
}

}  // namespace bidui::store
