#include "store/sst_sink.h"

#include <utility>

namespace bidui::store {
namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{256} << 20;
// What is written goes to the disk as it comes: a file synced only at its end would hold up the
// audit log, whose records wait for the same journal of the file system.
constexpr std::uint64_t kSyncBytes = std::uint64_t{4} << 20;

rocksdb::EnvOptions file_options() {
  rocksdb::EnvOptions options;
  options.bytes_per_sync = kSyncBytes;
  options.strict_bytes_per_sync = true;
  return options;
}

Status written(const rocksdb::Status& status) {
  if (status.ok()) return {};
  return database_error(status, "写入数据文件", "write a data file");
}

}  // namespace

SstSink::SstSink(const Database& database, Family family, std::filesystem::path directory)
    : family_(family), directory_(std::move(directory)), options_(database.sst_options(family)) {}

Status SstSink::open_file() {
  const std::string name = std::string(kFamilyNames[static_cast<std::size_t>(family_)]) + "-" +
                           std::to_string(files_.size()) + ".sst";
  // The page cache keeps what is written: it is read again when the file is ingested.
  writer_ = std::make_unique<rocksdb::SstFileWriter>(file_options(), options_, nullptr,
                                                     /*invalidate_page_cache=*/false);
  files_.push_back((directory_ / name).string());
  const auto status = writer_->Open(files_.back());
  if (!status.ok()) return database_error(status, "新建数据文件", "create a data file");
  return {};
}

Status SstSink::make_ready() {
  if (writer_ != nullptr && writer_->FileSize() >= kFileBytes) BIDUI_TRY(finish());
  return writer_ == nullptr ? open_file() : Status();
}

Status SstSink::put(std::string_view key, std::string_view value) {
  BIDUI_TRY(make_ready());
  return written(writer_->Put({key.data(), key.size()}, {value.data(), value.size()}));
}

Status SstSink::remove(std::string_view key) {
  BIDUI_TRY(make_ready());
  return written(writer_->Delete({key.data(), key.size()}));
}

Status SstSink::finish() {
  if (writer_ == nullptr) return {};
  const auto status = writer_->Finish();
  writer_.reset();
  if (!status.ok()) return database_error(status, "写完数据文件", "finish a data file");
  return {};
}

}  // namespace bidui::store
