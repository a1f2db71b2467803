#include "workspace/same_content.h"

#include <boost/json.hpp>

#include "workspace/json_member.h"

namespace bidui::workspace {

std::string delivered_hash(const store::DeliveryInfo& delivery) {
  boost::system::error_code failure;
  const boost::json::value details = boost::json::parse(delivery.details, failure);
  if (failure || !details.is_object()) return delivery.content_hash;
  const auto* const changes = details.get_object().if_contains("changes");
  if (changes == nullptr || !changes->is_object()) return delivery.content_hash;
  return text_of(changes->get_object(), "content_hash");
}

std::optional<store::DeliveryInfo> find_same_content(const store::Store& store,
                                                     std::string_view instance,
                                                     std::string_view coverage,
                                                     std::string_view hash) {
  std::optional<store::DeliveryInfo> found;
  for (store::DeliveryInfo& info : store.deliveries()) {
    if (info.instance != instance || info.coverage != coverage) continue;
    if (found && info.as_of <= found->as_of) continue;
    if (delivered_hash(info) == hash) found = std::move(info);
  }
  return found;
}

}  // namespace bidui::workspace
