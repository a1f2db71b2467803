// The RocksDB database inside a store: column families, options, errors. Internal to this folder.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <rocksdb/db.h>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/key_file.h"
#include "store/store.h"

namespace bidui::store {

// In the order of their handles; kMeta is RocksDB's default family.
enum class Family : std::uint8_t {
  kMeta,
  kDeliveries,
  kRecords,
  kFeatures,
  kIndex,
  kRuns,
  kFlags,
  kModel,
  kAudit,
};
constexpr std::array<const char*, 9> kFamilyNames = {
    "default", "deliveries", "records", "features", "index", "runs", "flags", "model", "audit"};

// Column family options, the same for the database and for the SST files written for it.
rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache);
rocksdb::DBOptions database_options(rocksdb::Env* env);

// What RocksDB says, in our words; `zh` and `en` name what failed, as in "cannot read a block of
// records". RocksDB's own words follow in brackets, for who has to find the cause.
Error database_error(const rocksdb::Status& status, std::string_view zh, std::string_view en);

// SST files of one family that share no key.
struct IngestFiles {
  Family family;
  std::vector<std::string> files;
};

enum class Durability : std::uint8_t { kBuffered, kSynced };

class Database {
 public:
  static Result<std::unique_ptr<Database>> create(const std::filesystem::path& directory,
                                                  const StoreKey& key);
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& directory,
                                                const StoreKey& key, Access access);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  // For SstFileWriter.
  rocksdb::Options sst_options(Family family) const;

  // Nothing where there is no such key.
  Result<std::optional<std::string>> get(Family family, std::string_view key) const;
  // For scans that read once and should not displace what look-ups use.
  std::unique_ptr<rocksdb::Iterator> scan(Family family, std::size_t readahead_bytes) const;

  Status write(rocksdb::WriteBatch& batch, Durability durability);

  // Empties the log, so that the next opening has nothing to replay. Best effort: what is in the
  // log is safe there.
  void shorten_log();

  // Capacity of the block cache.
  void keep_in_memory(std::size_t bytes);

  // All files of all families become visible in one step and durably, or none. The files are moved.
  // Who writes meanwhile waits for milliseconds, however large they are.
  Status ingest(const std::vector<IngestFiles>& files);

 private:
  explicit Database(const StoreKey& key);
  Status open_for_writing(const std::filesystem::path& directory, bool create);
  Status open_for_reading(const std::filesystem::path& directory);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors() const;

  // In the order of need: the database is closed before its environment and cache go.
  std::unique_ptr<rocksdb::Env> env_;
  std::shared_ptr<rocksdb::Cache> cache_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace bidui::store
