// Reads back what an SstSink has written, before it is ingested.
#pragma once

#include <memory>
#include <rocksdb/iterator.h>
#include <rocksdb/sst_file_reader.h>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace bidui::store {

class SstReader {
 public:
  // The files of a sink that is finished. `database` must outlive the reader.
  SstReader(const Database& database, IngestFiles files);

  // REQUIRES: keys ascend from call to call. kCorrupt where the files do not have the key; kIo.
  Result<std::string> get(std::string_view key);

 private:
  Status open_next();

  rocksdb::Options options_;
  std::vector<std::string> files_;
  std::size_t next_ = 0;
  std::unique_ptr<rocksdb::SstFileReader> file_;
  std::unique_ptr<rocksdb::Iterator> at_;  // in file_; nullptr: none is open
};

}  // namespace bidui::store
