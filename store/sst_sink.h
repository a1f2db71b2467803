// Sorted key-value pairs into SST files, a new file whenever one is large enough.
#pragma once

#include <filesystem>
#include <memory>
#include <rocksdb/sst_file_writer.h>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace bidui::store {

class SstSink {
 public:
  // Files go to `directory`, which exists. `database` must outlive the sink.
  SstSink(const Database& database, Family family, std::filesystem::path directory);

  // REQUIRES: keys strictly ascending.
  Status put(std::string_view key, std::string_view value);
  // What the store has of the key goes, once the files are ingested.
  Status remove(std::string_view key);

  // Closes and syncs the last file; then files() can be ingested.
  Status finish();
  IngestFiles files() const { return {.family = family_, .files = files_}; }

 private:
  Status make_ready();
  Status open_file();

  Family family_;
  std::filesystem::path directory_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;  // of the file that is open, if one is
  std::vector<std::string> files_;
};

}  // namespace bidui::store
