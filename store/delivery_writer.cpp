#include "store/delivery_writer.h"

#include <algorithm>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/index_segment.h"
#include "store/layout.h"
#include "store/record_block.h"
#include "store/sst_reader.h"
#include "store/sst_sink.h"
#include "store/store_impl.h"
#include "store/write_queue.h"

namespace bidui::store {
namespace {

constexpr std::size_t kWaitingBlockBytes = std::size_t{32} << 20;
// A segment is pushed only when the one before is written: two of them at most are in memory.
constexpr std::size_t kWaitingSegmentBytes = 0;

// What may not change between begin_delivery and commit.
bool is_same_delivery(const DeliveryInfo& left, const DeliveryInfo& right) {
  return left.source == right.source && delivery_name(left) == delivery_name(right) &&
         left.feature_stride == right.feature_stride;
}

DeliveryInfo with_id(DeliveryInfo info, DeliveryId id) {
  info.id = id;
  return info;
}

}  // namespace

class DeliveryWriter::Impl {
 public:
  Impl(Store::Impl& store, const DeliveryInfo& info, const WriterOptions& options)
      : store_(store),
        options_(options),
        info_(info),
        directory_(store.import_directory(number())),
        records_(store.database(), Family::kRecords, directory_),
        features_(store.database(), Family::kFeatures, directory_),
        index_(store.database(), Family::kIndex, directory_),
        changed_directory_(directory_ / "changed"),
        changed_records_(store.database(), Family::kRecords, changed_directory_) {}

  Status make_directories();
  DeliveryId id() const { return info_.id; }
  Status add_records(std::span<const std::string_view> records);
  Status add_features(std::span<const std::byte> features);
  Status change_records(std::span<const std::uint32_t> rows, const RecordChange& change);
  Status add_index(std::span<const IndexEntry> entries);
  void set_info(const DeliveryInfo& info);
  Result<DeliveryInfo> commit();
  void abort();

 private:
  std::uint32_t number() const { return static_cast<std::uint32_t>(info_.id); }
  Status push_record_block();
  Status push_feature_block();
  Status push_segment();
  Status write_rest();
  Status check_counts() const;
  Status publish();

  Store::Impl& store_;
  const WriterOptions options_;
  DeliveryInfo info_;
  std::optional<Error> info_error_;
  const std::filesystem::path directory_;
  bool open_ = true;

  RecordBlockBuilder record_block_;
  std::uint32_t record_blocks_ = 0;
  std::uint64_t record_count_ = 0;
  std::string feature_block_;
  std::uint32_t feature_blocks_ = 0;
  std::uint64_t feature_bytes_ = 0;
  std::shared_ptr<IndexSegment> segment_;
  std::vector<IndexSegmentInfo> segments_;
  std::uint32_t largest_indexed_row_ = 0;

  SstSink records_;   // used by blocks_queue_ until it is drained
  SstSink features_;  // likewise
  SstSink index_;     // used by segments_queue_ until it is drained
  const std::filesystem::path changed_directory_;
  SstSink changed_records_;  // blocks that take the place of some of records_
  // Last, so that their threads end first.
  WriteQueue blocks_queue_{kWaitingBlockBytes};
  WriteQueue segments_queue_{kWaitingSegmentBytes};
};

Status DeliveryWriter::Impl::make_directories() {
  for (const auto& directory : {directory_, changed_directory_}) {
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) {
      return system_error(failure, "无法新建目录", "cannot make a directory", directory.string());
    }
  }
  return {};
}

Status DeliveryWriter::Impl::add_records(std::span<const std::string_view> records) {
  for (const std::string_view record : records) {
    record_block_.add(record);
    if (record_block_.count() == kRecordsPerBlock) BIDUI_TRY(push_record_block());
  }
  record_count_ += records.size();
  return {};
}

Status DeliveryWriter::Impl::push_record_block() {
  std::string block = record_block_.take();
  const std::size_t bytes = block.size();
  return blocks_queue_.push(bytes, [this, key = block_key(info_.id, record_blocks_++),
                                    value = std::move(block)] { return records_.put(key, value); });
}

Status DeliveryWriter::Impl::change_records(std::span<const std::uint32_t> rows,
                                            const RecordChange& change) {
  if (record_block_.count() > 0) BIDUI_TRY(push_record_block());
  BIDUI_TRY(blocks_queue_.drain());
  BIDUI_TRY(records_.finish());
  SstReader written(store_.database(), records_.files());
  for (std::size_t at = 0; at < rows.size();) {
    const std::uint32_t block = rows[at] / kRecordsPerBlock;
    const std::string key = block_key(info_.id, block);
    const Result<std::string> bytes = written.get(key);
    BIDUI_TRY(bytes);
    const auto before = RecordBlock::parse(*bytes);
    if (!before) return damaged_error("刚写的数据块", "a block of records just written");
    for (std::uint32_t i = 0; i < before->count(); ++i) {
      const std::uint32_t row = block * kRecordsPerBlock + i;
      const bool changes = at < rows.size() && rows[at] == row;
      record_block_.add(changes ? change(row, before->record(i)) : before->record(i));
      if (changes) ++at;
    }
    BIDUI_TRY(changed_records_.put(key, record_block_.take()));
  }
  return {};
}

Status DeliveryWriter::Impl::add_features(std::span<const std::byte> features) {
  const std::size_t block_bytes = std::size_t{kFeaturesPerBlock} * info_.feature_stride;
  if (block_bytes == 0) {
    return bilingual_error(ErrorCode::kInvalidArgument, "这批数据声明为没有比对特征",
                           "this delivery was begun without features");
  }
  feature_bytes_ += features.size();
  while (!features.empty()) {
    if (feature_block_.capacity() < block_bytes) feature_block_.reserve(block_bytes);
    const auto piece =
        features.first(std::min(features.size(), block_bytes - feature_block_.size()));
    feature_block_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    features = features.subspan(piece.size());
    if (feature_block_.size() == block_bytes) BIDUI_TRY(push_feature_block());
  }
  return {};
}

Status DeliveryWriter::Impl::push_feature_block() {
  std::string block = std::exchange(feature_block_, {});
  const std::size_t bytes = block.size();
  return blocks_queue_.push(
      bytes, [this, key = block_key(info_.id, feature_blocks_++), value = std::move(block)] {
        return features_.put(key, value);
      });
}

Status DeliveryWriter::Impl::add_index(std::span<const IndexEntry> entries) {
  for (const IndexEntry& entry : entries) {
    largest_indexed_row_ = std::max(largest_indexed_row_, entry.row);
  }
  while (!entries.empty()) {
    if (segment_ == nullptr) segment_ = std::make_shared<IndexSegment>(options_.segment_entries);
    const auto piece =
        entries.first(std::min(entries.size(), options_.segment_entries - segment_->size()));
    segment_->add(piece);
    entries = entries.subspan(piece.size());
    if (segment_->size() == options_.segment_entries) BIDUI_TRY(push_segment());
  }
  return {};
}

Status DeliveryWriter::Impl::push_segment() {
  const auto number_of_segment = static_cast<std::uint32_t>(segments_.size());
  segments_.push_back(segment_->info());
  return segments_queue_.push(1, [this, number_of_segment, segment = std::move(segment_)] {
    return segment->for_each_block([&](std::uint32_t block, std::string_view value) {
      return index_.put(index_key(info_.id, number_of_segment, block), value);
    });
  });
}

void DeliveryWriter::Impl::set_info(const DeliveryInfo& info) {
  info_error_.reset();
  if (!is_same_delivery(info, info_)) {
    info_error_ = bilingual_error(ErrorCode::kInvalidArgument, "导入的过程中不能改成另一批数据",
                                  "an import cannot become that of another delivery");
  } else if (const Status checked = check_delivery_info(info); !checked) {
    info_error_ = checked.error();
  } else {
    info_ = with_id(info, info_.id);
  }
}

Status DeliveryWriter::Impl::write_rest() {
  if (record_block_.count() > 0) BIDUI_TRY(push_record_block());
  if (!feature_block_.empty()) BIDUI_TRY(push_feature_block());
  if (segment_ != nullptr) BIDUI_TRY(push_segment());
  BIDUI_TRY(blocks_queue_.drain());
  BIDUI_TRY(records_.finish());
  BIDUI_TRY(features_.finish());
  BIDUI_TRY(segments_queue_.drain());
  BIDUI_TRY(changed_records_.finish());
  return index_.finish();
}

Status DeliveryWriter::Impl::check_counts() const {
  const auto refuse = [](const char* zh, const char* en) {
    return bilingual_error(ErrorCode::kInvalidArgument, zh, en);
  };
  if (info_error_) return *info_error_;
  if (record_count_ >= std::numeric_limits<std::uint32_t>::max()) {
    return refuse("一批数据不能超过四十二亿条记录，请按地区分批导入",
                  "a delivery has more than four thousand million records; import it by division");
  }
  if (info_.feature_stride != 0 && feature_bytes_ != record_count_ * info_.feature_stride) {
    return refuse("比对特征与记录数不符", "a delivery has not one feature struct for each record");
  }
  if (!segments_.empty() && largest_indexed_row_ >= record_count_) {
    return refuse("检索键指向不存在的行",
                  "a fuzzy key names a row that the delivery does not have");
  }
  return {};
}

Status DeliveryWriter::Impl::publish() {
  const auto lock = store_.lock_changes();
  if (options_.same_delivery == SameDelivery::kRefuse &&
      store_.catalogue().find_same(info_, false)) {
    return same_delivery_error(info_);
  }
  // A held one never counted: the next of its kind takes its place.
  const auto same = store_.catalogue().find_same(info_, info_.held);
  BIDUI_TRY(store_.database().ingest({records_.files(), features_.files(), index_.files()}));
  BIDUI_TRY(store_.database().ingest({changed_records_.files()}));  // what comes later counts
  Manifest manifest{.info = info_, .segments = segments_};
  auto* const deliveries = store_.database().family(Family::kDeliveries);
  rocksdb::WriteBatch batch;
  batch.Put(deliveries, number_key(number()), encode_manifest(manifest));
  store_.add_settled(batch, number());
  if (same) {
    batch.Delete(deliveries, number_key(static_cast<std::uint32_t>(*same)));
    store_.add_removed_blocks(batch, static_cast<std::uint32_t>(*same));
  }
  BIDUI_TRY(store_.database().write(batch, Durability::kSynced));
  store_.catalogue().add(std::move(manifest));
  if (same) {
    store_.catalogue().remove(*same);
    store_.reclaim_space(static_cast<std::uint32_t>(*same));
  }
  return {};
}

Result<DeliveryInfo> DeliveryWriter::Impl::commit() {
  if (!open_)
    return bilingual_error(ErrorCode::kInvalidArgument, "导入已经结束",
                           "the import has ended already");
  Status done = write_rest();
  if (done) done = check_counts();
  info_.record_count = static_cast<std::uint32_t>(record_count_);
  if (done) done = publish();
  if (!done) {
    abort();
    return done.error();
  }
  open_ = false;
  std::error_code failure;
  std::filesystem::remove_all(directory_, failure);  // else it goes at the next opening
  return info_;
}

void DeliveryWriter::Impl::abort() {
  if (!std::exchange(open_, false)) return;
  blocks_queue_.stop();
  segments_queue_.stop();
  // Where this fails, the number stays pending, and the next opening does it.
  (void)store_.discard_number(number());
}

DeliveryWriter::DeliveryWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeliveryWriter::DeliveryWriter(DeliveryWriter&& other) noexcept = default;

DeliveryWriter& DeliveryWriter::operator=(DeliveryWriter&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

DeliveryWriter::~DeliveryWriter() {
  if (impl_ != nullptr) impl_->abort();
}

DeliveryId DeliveryWriter::id() const { return impl_->id(); }

Status DeliveryWriter::add_records(std::span<const std::string_view> records) {
  return impl_->add_records(records);
}

Status DeliveryWriter::change_records(std::span<const std::uint32_t> rows,
                                      const RecordChange& change) {
  return impl_->change_records(rows, change);
}

Status DeliveryWriter::add_features(std::span<const std::byte> features) {
  return impl_->add_features(features);
}

Status DeliveryWriter::add_index(std::span<const IndexEntry> entries) {
  return impl_->add_index(entries);
}

void DeliveryWriter::set_info(const DeliveryInfo& info) { impl_->set_info(info); }

Result<DeliveryInfo> DeliveryWriter::commit() { return impl_->commit(); }

void DeliveryWriter::abort() { impl_->abort(); }

Result<DeliveryWriter> Store::begin_delivery(const DeliveryInfo& info,
                                             const WriterOptions& options) {
  BIDUI_TRY(impl_->check_writable());
  BIDUI_TRY(check_delivery_info(info));
  if (options.segment_entries == 0) {
    return bilingual_error(ErrorCode::kInvalidArgument, "检索键的分段不能为空",
                           "an index segment needs room for an entry");
  }
  if (options.same_delivery == SameDelivery::kRefuse && impl_->catalogue().find_same(info, false)) {
    return same_delivery_error(info);
  }
  const auto number = impl_->take_number();
  if (!number) return number.error();
  auto writer =
      std::make_unique<DeliveryWriter::Impl>(*impl_, with_id(info, DeliveryId{*number}), options);
  BIDUI_TRY(writer->make_directories());
  return DeliveryWriter(std::move(writer));
}

}  // namespace bidui::store
