#include "store/store.h"

#include <rocksdb/write_batch.h>
#include <string>
#include <system_error>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/store_file.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

std::filesystem::path key_file_of(const std::filesystem::path& directory,
                                  const std::filesystem::path& key_file) {
  return key_file.empty() ? default_key_file(directory) : key_file;
}

Status make_empty_directory(const std::filesystem::path& directory) {
  std::error_code failure;
  if (std::filesystem::exists(directory, failure) &&
      !std::filesystem::is_empty(directory, failure)) {
    const bool is_store = std::filesystem::exists(directory / "STORE", failure);
    return bilingual_error(ErrorCode::kConflict,
                           is_store ? "已经有一个存储" : "目录不是空的；请换一个目录，或先删除它",
                           is_store ? "there is a store already"
                                    : "the directory is not empty; name another, or remove it",
                           directory.string());
  }
  std::filesystem::create_directory(directory, failure);
  if (!failure) return {};
  return system_error(failure, "无法新建目录", "cannot make the directory", directory.string());
}

Result<StoreKey> read_or_create_key(const std::filesystem::path& path) {
  std::error_code failure;
  return std::filesystem::exists(path, failure) ? read_key_file(path) : create_key_file(path);
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

Result<Store> Store::create(const std::filesystem::path& directory,
                            const std::filesystem::path& key_file) {
  BIDUI_TRY(make_empty_directory(directory));
  const auto key = read_or_create_key(key_file_of(directory, key_file));
  if (!key) return key.error();
  auto impl = std::make_unique<Impl>(directory, *key, Access::kReadWrite);
  BIDUI_TRY(impl->create_database());
  BIDUI_TRY(write_store_file(directory, *key));
  return Store(std::move(impl));
}

Result<Store> Store::open(const std::filesystem::path& directory, Access access,
                          const std::filesystem::path& key_file) {
  std::error_code failure;
  if (!std::filesystem::exists(directory / "STORE", failure)) {
    return no_store_error(directory);
  }
  const auto key = read_key_file(key_file_of(directory, key_file));
  if (!key) return key.error();
  BIDUI_TRY(check_store_file(directory, *key));
  auto impl = std::make_unique<Impl>(directory, *key, access);
  BIDUI_TRY(impl->open_database());
  return Store(std::move(impl));
}

void Store::keep_in_memory(std::size_t bytes) { impl_->database().keep_in_memory(bytes); }

const IndexSecret& Store::index_secret() const { return impl_->key().index_secret; }

std::vector<DeliveryInfo> Store::deliveries() const { return impl_->catalogue().list(false); }

std::vector<DeliveryInfo> Store::held_deliveries() const { return impl_->catalogue().list(true); }

Result<DeliveryInfo> Store::delivery(DeliveryId id) const {
  const auto manifest = impl_->catalogue().find(id);
  if (!manifest) return manifest.error();
  return (*manifest)->info;
}

Status Store::release(DeliveryId id, SameDelivery same_delivery) {
  BIDUI_TRY(impl_->check_writable());
  const auto lock = impl_->lock_changes();
  const auto held = impl_->catalogue().find(id);
  if (!held) return held.error();
  if (!(*held)->info.held)
    return bilingual_error(ErrorCode::kNotFound, "这批数据不在待定之列，已经计入",
                           "the delivery is not held, it counts already",
                           delivery_name((*held)->info));
  const auto same = impl_->catalogue().find_same((*held)->info, false);
  if (same && same_delivery == SameDelivery::kRefuse) return same_delivery_error((*held)->info);
  Manifest manifest = **held;
  manifest.info.held = false;
  auto* const deliveries = impl_->database().family(Family::kDeliveries);
  rocksdb::WriteBatch batch;
  batch.Put(deliveries, number_key(static_cast<std::uint32_t>(id)), encode_manifest(manifest));
  if (same) {
    batch.Delete(deliveries, number_key(static_cast<std::uint32_t>(*same)));
    impl_->add_removed_blocks(batch, static_cast<std::uint32_t>(*same));
  }
  BIDUI_TRY(impl_->database().write(batch, Durability::kSynced));
  if (same) {
    impl_->catalogue().remove(*same);
    impl_->reclaim_space(static_cast<std::uint32_t>(*same));
  }
  impl_->catalogue().add(std::move(manifest));
  return {};
}

Status Store::set_details(DeliveryId id, std::string details) {
  BIDUI_TRY(impl_->check_writable());
  const auto lock = impl_->lock_changes();
  const auto found = impl_->catalogue().find(id);
  if (!found) return found.error();
  Manifest manifest = **found;
  manifest.info.details = std::move(details);
  BIDUI_TRY(check_delivery_info(manifest.info));
  rocksdb::WriteBatch batch;
  batch.Put(impl_->database().family(Family::kDeliveries),
            number_key(static_cast<std::uint32_t>(id)), encode_manifest(manifest));
  BIDUI_TRY(impl_->database().write(batch, Durability::kSynced));
  impl_->catalogue().add(std::move(manifest));
  return {};
}

Status Store::withdraw(DeliveryId id) {
  BIDUI_TRY(impl_->check_writable());
  const auto number = static_cast<std::uint32_t>(id);
  const auto lock = impl_->lock_changes();
  if (const auto manifest = impl_->catalogue().find(id); !manifest) return manifest.error();
  rocksdb::WriteBatch batch;
  batch.Delete(impl_->database().family(Family::kDeliveries), number_key(number));
  impl_->add_removed_blocks(batch, number);
  BIDUI_TRY(impl_->database().write(batch, Durability::kSynced));
  impl_->catalogue().remove(id);
  impl_->reclaim_space(number);
  return {};
}

}  // namespace bidui::store
