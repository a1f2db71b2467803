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

  // kNotFound where it is not visible.
  Result<std::shared_ptr<const Manifest>> find(DeliveryId id) const;
  // The visible delivery of the same instance, coverage and date, if there is one.
  std::optional<DeliveryId> find_same(const DeliveryInfo& info) const;
  // By id.
  std::vector<DeliveryInfo> list() const;

  void add(Manifest manifest);
  void remove(DeliveryId id);

 private:
  mutable std::shared_mutex mutex_;  // guards by_id_
  std::map<DeliveryId, std::shared_ptr<const Manifest>> by_id_;
};

}  // namespace bidui::store
