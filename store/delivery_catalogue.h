// The manifests of the visible deliveries, in memory. Internal to this folder.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "store/delivery.h"

namespace bidui::store {

class Database;

// All methods may run concurrently.
class DeliveryCatalogue {
 public:
  // Replaces the content by what the database holds.
  Status load(const Database& database);

  // Held ones too. kNotFound.
  Result<std::shared_ptr<const Manifest>> find(DeliveryId id) const;
  // The delivery of the same instance, coverage and date, held or not as asked, if there is one.
  std::optional<DeliveryId> find_same(const DeliveryInfo& info, bool held) const;
  // Those that are held, or those that are not; by id.
  std::vector<DeliveryInfo> list(bool held) const;

  void add(Manifest manifest);
  void remove(DeliveryId id);

 private:
  mutable std::shared_mutex mutex_;  // guards by_id_
  std::map<DeliveryId, std::shared_ptr<const Manifest>> by_id_;
};

}  // namespace bidui::store
