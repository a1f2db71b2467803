// Reading the rows of a delivery: records by number, records and features in sequence.
#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/record_block.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

constexpr std::size_t kReadahead = std::size_t{4} << 20;
constexpr RowRange kAllRows{.begin = 0, .end = std::numeric_limits<std::uint32_t>::max()};

std::string number_of(DeliveryId id) { return std::to_string(static_cast<std::uint32_t>(id)); }

Error damaged_block(DeliveryId id) {
  return damaged_error("第 " + number_of(id) + " 批数据", "delivery " + number_of(id));
}

// Where a block is not found: the delivery was withdrawn meanwhile, or the store is damaged.
Error missing_block(const DeliveryCatalogue& catalogue, DeliveryId id) {
  const auto manifest = catalogue.find(id);
  return manifest ? damaged_block(id) : manifest.error();
}

RowRange clamp(RowRange range, std::uint32_t record_count) {
  const std::uint32_t end = std::min(range.end, record_count);
  return {.begin = std::min(range.begin, end), .end = end};
}

// Calls visit(block number, bytes) for the blocks that hold `range`; each must be there, in order.
template <typename Visitor>
Status scan_blocks(const Store::Impl& store, Family family, DeliveryId id, RowRange range,
                   std::uint32_t rows_per_block, const Visitor& visit) {
  if (range.begin == range.end) return {};
  const std::uint32_t last = (range.end - 1) / rows_per_block;
  const auto it = store.database().scan(family, kReadahead);
  std::uint32_t block = range.begin / rows_per_block;
  it->Seek(block_key(id, block));
  for (; block <= last; ++block, it->Next()) {
    if (!it->Valid() && !it->status().ok()) {
      return database_error(it->status(), "读取数据", "read a delivery's blocks");
    }
    if (!it->Valid() || it->key() != rocksdb::Slice(block_key(id, block))) {
      return missing_block(store.catalogue(), id);
    }
    BIDUI_TRY(visit(block, it->value().ToStringView()));
    if (block == last) break;
  }
  return {};
}

// A block's bytes at an address that feature structs can be read from. RocksDB gives no alignment.
class AlignedBytes {
 public:
  std::span<const std::byte> hold(std::string_view bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0) {
      return std::as_bytes(std::span(bytes));
    }
    words_.resize((bytes.size() + 7) / 8);
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    return std::as_bytes(std::span(words_)).first(bytes.size());
  }

 private:
  std::vector<std::uint64_t> words_;
};

// Reads single records, keeping the block that was read last.
class RecordReader {
 public:
  RecordReader(const Store::Impl& store, const Manifest& manifest)
      : store_(store), manifest_(manifest) {}

  // Valid until the next call.
  Result<std::string_view> read(std::uint32_t row) {
    if (row >= manifest_.info.record_count) {
      const std::string delivery = number_of(manifest_.info.id);
      return bilingual_error(ErrorCode::kNotFound,
                             "第 " + delivery + " 批数据没有第 " + std::to_string(row) + " 行",
                             "delivery " + delivery + " has no row " + std::to_string(row));
    }
    const std::uint32_t number = row / kRecordsPerBlock;
    if (number_ != number) BIDUI_TRY(load(number));
    const std::uint32_t place = row % kRecordsPerBlock;
    if (place >= block_.count()) return damaged_block(manifest_.info.id);
    return block_.record(place);
  }

 private:
  Status load(std::uint32_t number) {
    number_.reset();
    bytes_.Reset();
    const Database& database = store_.database();
    const auto status = database.db().Get({}, database.family(Family::kRecords),
                                          block_key(manifest_.info.id, number), &bytes_);
    if (status.IsNotFound()) return missing_block(store_.catalogue(), manifest_.info.id);
    if (!status.ok()) return database_error(status, "读取记录", "read a record");
    const auto block = RecordBlock::parse(bytes_.ToStringView());
    if (!block) return damaged_block(manifest_.info.id);
    block_ = *block;
    number_ = number;
    return {};
  }

  const Store::Impl& store_;
  const Manifest& manifest_;
  rocksdb::PinnableSlice bytes_;
  RecordBlock block_;                    // reads bytes_
  std::optional<std::uint32_t> number_;  // of the block, once one is loaded
};

}  // namespace

Result<std::string> Store::read_record(DeliveryId id, std::uint32_t row) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  RecordReader reader(*impl_, **manifest);
  const auto record = reader.read(row);
  if (!record) return record.error();
  return std::string(*record);
}

Status Store::read_records(DeliveryId id, std::span<const std::uint32_t> rows,
                           const RecordVisitor& visit) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  RecordReader reader(*impl_, **manifest);
  for (const std::uint32_t row : rows) {
    const auto record = reader.read(row);
    if (!record) return record.error();
    visit(row, *record);
  }
  return {};
}

Status Store::scan_records(DeliveryId id, RowRange range, const RecordVisitor& visit) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  const RowRange rows = clamp(range, (*manifest)->info.record_count);
  const auto visit_block = [&](std::uint32_t number, std::string_view bytes) -> Status {
    const auto block = RecordBlock::parse(bytes);
    const std::uint32_t first = number * kRecordsPerBlock;
    const std::uint32_t begin = std::max(first, rows.begin);
    const std::uint32_t end = std::min(rows.end, first + kRecordsPerBlock);
    if (!block || block->count() < end - first) return damaged_block(id);
    for (std::uint32_t row = begin; row < end; ++row) visit(row, block->record(row - first));
    return {};
  };
  return scan_blocks(*impl_, Family::kRecords, id, rows, kRecordsPerBlock, visit_block);
}

Status Store::scan_records(DeliveryId id, const RecordVisitor& visit) const {
  return scan_records(id, kAllRows, visit);
}

Status Store::scan_features(DeliveryId id, RowRange range, const FeatureVisitor& visit) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  const std::size_t stride = (*manifest)->info.feature_stride;
  if (stride == 0) {
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "第 " + number_of(id) + " 批数据没有比对特征",
                           "delivery " + number_of(id) + " has no features");
  }
  const RowRange rows = clamp(range, (*manifest)->info.record_count);
  AlignedBytes aligned;
  const auto visit_block = [&](std::uint32_t number, std::string_view bytes) -> Status {
    const std::uint32_t first = number * kFeaturesPerBlock;
    const std::uint32_t begin = std::max(first, rows.begin);
    const std::uint32_t end = std::min(rows.end, first + kFeaturesPerBlock);
    if (bytes.size() < (end - first) * stride) return damaged_block(id);
    visit(begin, aligned.hold(bytes.substr((begin - first) * stride, (end - begin) * stride)));
    return {};
  };
  return scan_blocks(*impl_, Family::kFeatures, id, rows, kFeaturesPerBlock, visit_block);
}

Status Store::scan_features(DeliveryId id, const FeatureVisitor& visit) const {
  return scan_features(id, kAllRows, visit);
}

Result<std::vector<RowRange>> Store::split_rows(DeliveryId id, std::size_t parts) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  const std::uint64_t count = (*manifest)->info.record_count;
  const std::uint64_t blocks = (count + kFeaturesPerBlock - 1) / kFeaturesPerBlock;
  const std::uint64_t wanted =
      std::clamp<std::uint64_t>(parts, 1, std::max<std::uint64_t>(blocks, 1));
  std::vector<RowRange> ranges;
  for (std::uint64_t part = 0; part < wanted; ++part) {
    const auto bound = [&](std::uint64_t i) {
      return static_cast<std::uint32_t>(std::min(count, blocks * i / wanted * kFeaturesPerBlock));
    };
    const RowRange range{.begin = bound(part), .end = bound(part + 1)};
    if (range.begin < range.end) ranges.push_back(range);
  }
  return ranges;
}

}  // namespace bidui::store
