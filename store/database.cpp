#include "store/database.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <rocksdb/cache.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>
#include <system_error>

#include "matcher/base/bilingual_error.h"
#include "store/file_encryption.h"

namespace bidui::store {
namespace {

constexpr std::size_t kCacheBytes = std::size_t{64} << 20;
constexpr int kReadAttempts = 10;

// What changes in the directory when the writer beside us flushes, ingests or compacts: the
// manifest's size and the set of log files. Values are sizes, 0 for log files (they grow always).
std::map<std::string, std::uintmax_t> directory_state(const std::filesystem::path& directory) {
  std::map<std::string, std::uintmax_t> state;
  std::error_code failure;
  for (std::filesystem::directory_iterator it(directory, failure), end; !failure && it != end;
       it.increment(failure)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with("MANIFEST-")) {
      std::error_code gone;
      state[name] = std::filesystem::file_size(it->path(), gone);
    } else if (name.ends_with(".log")) {
      state[name] = 0;
    }
  }
  return state;
}

}  // namespace

Error database_error(const rocksdb::Status& status, std::string_view zh, std::string_view en) {
  auto code = ErrorCode::kIo;
  if (status.IsCorruption()) code = ErrorCode::kCorrupt;
  if (status.IsNotFound()) code = ErrorCode::kNotFound;
  if (status.IsNotSupported()) code = ErrorCode::kInvalidArgument;
  const bool damaged = status.IsCorruption();
  return bilingual_error(
      code,
      fmt::format("无法{}：{}（原文：{}）", zh,
                  damaged              ? "内容已损坏，请用备份恢复"
                  : status.IsNoSpace() ? "磁盘已满，请腾出空间后重试"
                                       : "请检查目录的权限和磁盘",
                  status.ToString()),
      fmt::format("cannot {}: {} ({})", en,
                  damaged              ? "its content is damaged; restore a backup"
                  : status.IsNoSpace() ? "the disk is full; make room and try again"
                                       : "check the directory's modes and the disk",
                  status.ToString()));
}

Database::Database(const StoreKey& key)
    : env_(make_encrypting_env(key)), cache_(rocksdb::NewLRUCache(kCacheBytes)) {}

Database::~Database() {
  if (db_ == nullptr) return;
  for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  db_->Close();
}

std::vector<rocksdb::ColumnFamilyDescriptor> Database::descriptors() const {
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (std::size_t i = 0; i < kFamilyNames.size(); ++i) {
    all.emplace_back(kFamilyNames[i], family_options(static_cast<Family>(i), cache_));
  }
  return all;
}

Result<std::unique_ptr<Database>> Database::create(const std::filesystem::path& directory,
                                                   const StoreKey& key) {
  std::unique_ptr<Database> database(new Database(key));
  BIDUI_TRY(database->open_for_writing(directory, true));
  return database;
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& directory,
                                                 const StoreKey& key, Access access) {
  std::unique_ptr<Database> database(new Database(key));
  BIDUI_TRY(access == Access::kReadOnly ? database->open_for_reading(directory)
                                        : database->open_for_writing(directory, false));
  return database;
}

Status Database::open_for_writing(const std::filesystem::path& directory, bool create) {
  rocksdb::DBOptions options = database_options(env_.get());
  options.create_if_missing = create;
  options.error_if_exists = create;
  options.create_missing_column_families = create;
  rocksdb::DB* opened = nullptr;
  const auto status =
      rocksdb::DB::Open(options, directory.string(), descriptors(), &handles_, &opened);
  if (!status.ok()) return database_error(status, "打开存储", "open the store");
  db_.reset(opened);
  return {};
}

// Reading the manifest and the log takes two steps, between which a writer may flush or ingest;
// what was read is then no state that ever was. So the opening is repeated until nothing changed.
Status Database::open_for_reading(const std::filesystem::path& directory) {
  rocksdb::Status status;
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    const auto before = directory_state(directory);
    rocksdb::DB* opened = nullptr;
    status = rocksdb::DB::OpenForReadOnly(database_options(env_.get()), directory.string(),
                                          descriptors(), &handles_, &opened);
    if (status.ok()) db_.reset(opened);
    const bool unchanged = before == directory_state(directory);
    if (unchanged && status.ok()) return {};
    if (unchanged) return database_error(status, "打开存储", "open the store for reading");
    if (db_ != nullptr) {
      for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    }
    handles_.clear();
    db_.reset();
  }
  return bilingual_error(ErrorCode::kConflict, "存储正在变动，暂时无法读取；请稍后重试",
                         "the store changes too quickly to be read; try again in a moment");
}

rocksdb::Options Database::sst_options(Family family) const {
  return {database_options(env_.get()), family_options(family, nullptr)};
}

Result<std::optional<std::string>> Database::get(Family from, std::string_view key) const {
  std::string value;
  const auto status = db_->Get({}, family(from), {key.data(), key.size()}, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return database_error(status, "读取存储", "read from the store");
  return std::optional<std::string>(std::move(value));
}

std::unique_ptr<rocksdb::Iterator> Database::scan(Family from, std::size_t readahead_bytes) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = readahead_bytes;
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, family(from)));
}

Status Database::write(rocksdb::WriteBatch& batch, Durability durability) {
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kSynced;
  const auto status = db_->Write(options, &batch);
  if (!status.ok()) return database_error(status, "写入存储", "write to the store");
  return {};
}

void Database::keep_in_memory(std::size_t bytes) { cache_->SetCapacity(bytes); }

void Database::shorten_log() { db_->Flush({}, handles_).PermitUncheckedError(); }

Status Database::ingest(const std::vector<IngestFiles>& files) {
  std::map<Family, rocksdb::IngestExternalFileArg> by_family;  // RocksDB takes each family once
  for (const IngestFiles& part : files) {
    if (part.files.empty()) continue;
    rocksdb::IngestExternalFileArg& argument = by_family[part.family];
    argument.column_family = family(part.family);
    argument.external_files.insert(argument.external_files.end(), part.files.begin(),
                                   part.files.end());
    argument.options.move_files = true;  // right only with our environment, see file_encryption.h
    argument.options.failed_move_fall_back_to_copy = false;
    argument.options.write_global_seqno = false;
  }
  std::vector<rocksdb::IngestExternalFileArg> arguments;
  for (auto& [family, argument] : by_family) arguments.push_back(std::move(argument));
  if (arguments.empty()) return {};
  const auto status = db_->IngestExternalFiles(arguments);
  if (!status.ok())
    return database_error(status, "把数据写入存储", "add a delivery's blocks to the store");
  return {};
}

}  // namespace bidui::store
