#include "store/delivery_catalogue.h"

#include <mutex>
#include <string>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/database.h"

namespace bidui::store {

Status DeliveryCatalogue::load(const Database& database) {
  std::map<DeliveryId, std::shared_ptr<const Manifest>> loaded;
  const auto it = database.scan(Family::kDeliveries, 0);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    auto manifest = decode_manifest(it->value().ToStringView());
    if (!manifest) return manifest.error();
    const DeliveryId id = manifest->info.id;
    loaded[id] = std::make_shared<const Manifest>(std::move(*manifest));
  }
  if (!it->status().ok())
    return database_error(it->status(), "读取各批数据的目录", "read the deliveries");
  const std::unique_lock lock(mutex_);
  by_id_ = std::move(loaded);
  return {};
}

Result<std::shared_ptr<const Manifest>> DeliveryCatalogue::find(DeliveryId id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  if (found != by_id_.end()) return found->second;
  const std::string number = std::to_string(static_cast<std::uint32_t>(id));
  return bilingual_error(ErrorCode::kNotFound,
                         "没有第 " + number + " 批数据；编号见 bidui deliveries",
                         "there is no delivery " + number + "; see bidui deliveries");
}

std::optional<DeliveryId> DeliveryCatalogue::find_same(const DeliveryInfo& info, bool held) const {
  const std::string name = delivery_name(info);
  const std::shared_lock lock(mutex_);
  for (const auto& [id, manifest] : by_id_) {
    if (manifest->info.held == held && delivery_name(manifest->info) == name) return id;
  }
  return std::nullopt;
}

std::vector<DeliveryInfo> DeliveryCatalogue::list(bool held) const {
  const std::shared_lock lock(mutex_);
  std::vector<DeliveryInfo> all;
  for (const auto& [id, manifest] : by_id_) {
    if (manifest->info.held == held) all.push_back(manifest->info);
  }
  return all;
}

void DeliveryCatalogue::add(Manifest manifest) {
  const DeliveryId id = manifest.info.id;
  auto shared = std::make_shared<const Manifest>(std::move(manifest));
  const std::unique_lock lock(mutex_);
  by_id_[id] = std::move(shared);
}

void DeliveryCatalogue::remove(DeliveryId id) {
  const std::unique_lock lock(mutex_);
  by_id_.erase(id);
}

}  // namespace bidui::store
