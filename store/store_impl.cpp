#include "store/store_impl.h"

#include <rocksdb/convenience.h>
#include <system_error>
#include <utility>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"

namespace bidui::store {
namespace {

// Keys of the meta family.
constexpr std::string_view kNextNumberKey = "next_number";
constexpr std::string_view kPendingPrefix = "pending/";

constexpr Family kBlockFamilies[] = {Family::kRecords, Family::kFeatures, Family::kIndex};

std::string pending_key(std::uint32_t number) {
  return std::string(kPendingPrefix) + number_key(number);
}

}  // namespace

Store::Impl::Impl(std::filesystem::path directory, const StoreKey& key, Access access)
    : directory_(std::move(directory)), key_(key), access_(access) {}

Status Store::Impl::create_database() {
  auto lock = FileLock::try_take(directory_ / "LOCK");
  if (!lock) return lock.error();
  lock_ = std::move(*lock);
  auto database = Database::create(directory_ / "db", key_);
  if (!database) return database.error();
  database_ = std::move(*database);
  return {};
}

Status Store::Impl::open_database() {
  if (access_ == Access::kReadWrite) {
    auto lock = FileLock::try_take(directory_ / "LOCK");
    if (!lock) return lock.error();
    lock_ = std::move(*lock);
  }
  auto database = Database::open(directory_ / "db", key_, access_);
  if (!database) return database.error();
  database_ = std::move(*database);
  if (access_ == Access::kReadWrite) BIDUI_TRY(discard_pending());
  return catalogue_.load(*database_);
}

Status Store::Impl::check_writable() const {
  if (access_ == Access::kReadWrite) return {};
  return bilingual_error(ErrorCode::kInvalidArgument, "存储是以只读方式打开的，不能改动",
                         "the store was opened for reading only");
}

Result<std::uint32_t> Store::Impl::take_number() {
  const auto lock = lock_changes();
  const auto stored = database_->get(Family::kMeta, kNextNumberKey);
  if (!stored) return stored.error();
  const auto number =
      *stored && (*stored)->size() == 4 ? read_little_endian<std::uint32_t>((*stored)->data()) : 1U;
  std::string next;
  append_little_endian(next, number + 1);
  rocksdb::WriteBatch batch;
  auto* const meta = database_->family(Family::kMeta);
  batch.Put(meta, {kNextNumberKey.data(), kNextNumberKey.size()}, next);
  batch.Put(meta, pending_key(number), "");
  BIDUI_TRY(database_->write(batch, Durability::kSynced));
  return number;
}

void Store::Impl::add_settled(rocksdb::WriteBatch& batch, std::uint32_t number) const {
  batch.Delete(database_->family(Family::kMeta), pending_key(number));
}

void Store::Impl::add_removed_blocks(rocksdb::WriteBatch& batch, std::uint32_t number) const {
  for (const Family family : kBlockFamilies) {
    batch.DeleteRange(database_->family(family), number_key(number), end_of_number(number));
  }
  batch.DeleteRange(database_->family(Family::kRuns), run_chunks_key(number),
                    run_chunks_key(number + 1));
}

void Store::Impl::reclaim_space(std::uint32_t number) const {
  const std::string begin = number_key(number);
  const std::string end = end_of_number(number);
  const rocksdb::Slice begin_slice(begin);
  const rocksdb::Slice end_slice(end);
  const rocksdb::RangePtr range(&begin_slice, &end_slice);
  for (const Family family : kBlockFamilies) {
    rocksdb::DeleteFilesInRanges(&database_->db(), database_->family(family), &range, 1,
                                 /*include_end=*/false)
        .PermitUncheckedError();
  }
}

Status Store::Impl::discard_number(std::uint32_t number) {
  std::error_code failure;
  std::filesystem::remove_all(import_directory(number), failure);
  rocksdb::WriteBatch batch;
  add_removed_blocks(batch, number);
  add_settled(batch, number);
  BIDUI_TRY(database_->write(batch, Durability::kSynced));
  reclaim_space(number);
  return {};
}

Status Store::Impl::discard_pending() {
  std::vector<std::uint32_t> numbers;
  {
    const auto it = database_->scan(Family::kMeta, 0);
    for (it->Seek({kPendingPrefix.data(), kPendingPrefix.size()}); it->Valid(); it->Next()) {
      std::string_view key = it->key().ToStringView();
      if (!key.starts_with(kPendingPrefix)) break;
      key.remove_prefix(kPendingPrefix.size());
      if (key.size() == 4) numbers.push_back(read_big_endian<std::uint32_t>(key));
    }
    if (!it->status().ok())
      return database_error(it->status(), "查找未完成的导入", "look for unfinished imports");
  }
  for (const std::uint32_t number : numbers) BIDUI_TRY(discard_number(number));
  // Also the directory of an import that was committed but killed before it tidied up.
  std::error_code failure;
  std::filesystem::remove_all(directory_ / "import", failure);
  return {};
}

std::shared_ptr<const KeyFilter> Store::Impl::key_filter(DeliveryId id) const {
  const std::lock_guard lock(filters_mutex_);
  const auto at = key_filters_.find(id);
  return at == key_filters_.end() ? nullptr : at->second;
}

void Store::Impl::keep_key_filters(KeyFilters filters) {
  const std::lock_guard lock(filters_mutex_);
  key_filters_ = std::move(filters);
}

std::filesystem::path Store::Impl::import_directory(std::uint32_t number) const {
  return directory_ / "import" / std::to_string(number);
}

}  // namespace bidui::store
