#include "store/sst_reader.h"

#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::store {

SstReader::SstReader(const Database& database, IngestFiles files)
    : options_(database.sst_options(files.family)), files_(std::move(files.files)) {}

Status SstReader::open_next() {
  at_.reset();
  file_ = std::make_unique<rocksdb::SstFileReader>(options_);
  const auto status = file_->Open(files_[next_++]);
  if (!status.ok())
    return database_error(status, "读回数据文件", "read back a file of the delivery");
  at_.reset(file_->NewIterator({}));
  return {};
}

Result<std::string> SstReader::get(std::string_view key) {
  const rocksdb::Slice wanted(key.data(), key.size());
  while (true) {
    if (at_ != nullptr) {
      at_->Seek(wanted);
      if (at_->Valid() && at_->key() == wanted) return at_->value().ToString();
      if (!at_->status().ok())
        return database_error(at_->status(), "读回数据块", "read back a block");
    }
    if (next_ == files_.size()) return damaged_error("刚写的数据文件", "a file just written");
    BIDUI_TRY(open_next());
  }
}

}  // namespace bidui::store
