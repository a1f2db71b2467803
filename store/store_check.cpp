// A store as a whole: copied, and held against itself.
#include <cstdint>
#include <memory>
#include <rocksdb/metadata.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/utilities/checkpoint.h>
#include <string>
#include <utility>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "store/index_block.h"
#include "store/layout.h"
#include "store/scan_prefix.h"
#include "store/store.h"
#include "store/store_file.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

using Faults = std::vector<StoreFault>;

void check_files(const Database& database, Faults& faults) {
  std::vector<rocksdb::LiveFileMetaData> files;
  database.db().GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) {
    rocksdb::SstFileReader reader(database.sst_options(Family::kRecords));
    rocksdb::Status status = reader.Open(file.db_path + file.name);
    if (status.ok()) status = reader.VerifyChecksum();
    if (!status.ok())
      faults.push_back({StoreFault::Kind::kFile, file.column_family_name + file.name});
  }
}

// The index: as many entries as were written, of rows that there are.
Status check_index(const Database& database, const Manifest& manifest, Faults& faults) {
  std::uint64_t wanted = 0;
  for (const IndexSegmentInfo& segment : manifest.segments) wanted += segment.entries;
  std::uint64_t found = 0;
  bool sound = true;
  const auto number = static_cast<std::uint32_t>(manifest.info.id);
  const Status read = scan_prefix(database, Family::kIndex, number_key(number),
                                  [&](std::string_view, std::string_view bytes) {
                                    const auto block = IndexBlock::parse(bytes);
                                    sound = sound && block.has_value();
                                    if (block) found += block->count();
                                  });
  if (!read && read.error().code != ErrorCode::kCorrupt) return read;
  if (!read || !sound || found != wanted)
    faults.push_back({StoreFault::Kind::kIndex, {}, manifest.info.id});
  return {};
}

}  // namespace

Status Store::copy_to(const std::filesystem::path& directory) const {
  std::error_code failure;
  std::filesystem::create_directory(directory, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make the directory", directory.string());
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&impl_->database().db(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint((directory / "db").string());
  if (!status.ok()) return database_error(status, "复制存储", "copy the store");
  return write_store_file(directory, impl_->key());
}

Result<std::vector<StoreFault>> Store::check() const {
  Faults faults;
  check_files(impl_->database(), faults);
  std::vector<DeliveryInfo> all = deliveries();
  for (DeliveryInfo& held : held_deliveries()) all.push_back(std::move(held));
  for (const DeliveryInfo& delivery : all) {
    const auto manifest = impl_->catalogue().find(delivery.id);
    if (!manifest) continue;  // withdrawn meanwhile
    std::uint64_t records = 0;
    Status read = scan_records(delivery.id, [&](std::uint32_t, std::string_view) { ++records; });
    if (!read && read.error().code != ErrorCode::kCorrupt) return read.error();
    if (!read || records != delivery.record_count)
      faults.push_back({StoreFault::Kind::kRecords, {}, delivery.id});
    BIDUI_TRY(check_index(impl_->database(), **manifest, faults));
    if (delivery.feature_stride == 0) continue;
    std::uint64_t bytes = 0;
    read = scan_features(delivery.id, [&](std::uint32_t, std::span<const std::byte> structs) {
      bytes += structs.size();
    });
    if (!read && read.error().code != ErrorCode::kCorrupt) return read.error();
    if (!read || bytes != std::uint64_t{delivery.record_count} * delivery.feature_stride)
      faults.push_back({StoreFault::Kind::kFeatures, {}, delivery.id});
  }
  return faults;
}

}  // namespace bidui::store
