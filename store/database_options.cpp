#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "store/database.h"

namespace bidui::store {
namespace {

// RocksDB's log may quote keys and paths: nothing of it is kept.
class SilentLogger final : public rocksdb::Logger {
 public:
  SilentLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::CompressionType compression_of(Family family) {
  switch (family) {
    case Family::kIndex:     // hashes do not compress
    case Family::kFeatures:  // streamed at memory speed
      return rocksdb::kNoCompression;
    case Family::kMeta:
    case Family::kDeliveries:
    case Family::kRecords:
    case Family::kRuns:
    case Family::kFlags:
    case Family::kModel:
    case Family::kAudit:
      return rocksdb::kLZ4Compression;
  }
  return rocksdb::kLZ4Compression;
}

}  // namespace

rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = std::size_t{16} << 10;
  rocksdb::ColumnFamilyOptions options;
  options.compression = compression_of(family);
  options.write_buffer_size = std::size_t{16} << 20;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::DBOptions database_options(rocksdb::Env* env) {
  rocksdb::DBOptions options;
  options.env = env;
  options.info_log = std::make_shared<SilentLogger>();
  options.max_background_jobs = 2;
  options.max_open_files = -1;  // a reader keeps files that the writer beside it deletes
  options.max_total_wal_size = std::uint64_t{16} << 20;  // what opening has to replay at most
  options.skip_stats_update_on_db_open = true;           // opening must be quick
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.keep_log_file_num = 1;
  return options;
}

}  // namespace bidui::store
