#include "store/batch_files.h"

#include <map>
#include <optional>
#include <string>

#include "matcher/base/bilingual_error.h"
#include "store/sst_sink.h"

namespace bidui::store {
namespace {

using LastOfKey = std::map<std::string, std::optional<rocksdb::Slice>, std::less<>>;

// What a batch leaves of each key; no value: it is deleted. Values point into the batch.
class Collector : public rocksdb::WriteBatch::Handler {
 public:
  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key,
                        const rocksdb::Slice& value) override {
    families_[family].insert_or_assign(key.ToString(), value);
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(std::uint32_t family, const rocksdb::Slice& key) override {
    families_[family].insert_or_assign(key.ToString(), std::nullopt);
    return rocksdb::Status::OK();
  }

  // nullptr where the batch has nothing for this family.
  const LastOfKey* find(std::uint32_t family) const {
    const auto at = families_.find(family);
    return at == families_.end() ? nullptr : &at->second;
  }

 private:
  std::map<std::uint32_t, LastOfKey> families_;
};

}  // namespace

Result<std::vector<IngestFiles>> write_batch_files(const Database& database,
                                                   const rocksdb::WriteBatch& batch,
                                                   const std::filesystem::path& directory) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make a directory", directory.string());
  Collector collected;
  if (const auto status = batch.Iterate(&collected); !status.ok())
    return database_error(status, "写入存储", "write to the store");
  std::vector<IngestFiles> all;
  for (std::size_t i = 0; i < kFamilyNames.size(); ++i) {
    const auto family = static_cast<Family>(i);
    const LastOfKey* const keys = collected.find(database.family(family)->GetID());
    if (keys == nullptr) continue;
    SstSink sink(database, family, directory);
    for (const auto& [key, value] : *keys)
      BIDUI_TRY(value ? sink.put(key, value->ToStringView()) : sink.remove(key));
    BIDUI_TRY(sink.finish());
    all.push_back(sink.files());
  }
  return all;
}

}  // namespace bidui::store
