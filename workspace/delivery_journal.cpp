#include "workspace/delivery_journal.h"

#include <boost/json.hpp>

namespace bidui::workspace {

namespace json = boost::json;

Status journal_delivery(store::Store& store, std::string_view action,
                        const store::DeliveryInfo& delivery, const Act& act) {
  const json::object content{{"action", action},
                             {"by", act.by},
                             {"recorded", act.recorded},
                             {"records", delivery.record_count},
                             {"files", json::array(delivery.files.begin(), delivery.files.end())},
                             {"content_hash", delivery.content_hash}};
  const store::JournalEntry entry{std::string(kDeliverySubject) + store::delivery_name(delivery),
                                  json::serialize(content)};
  return store.append_journal({&entry, 1}, {});
}

}  // namespace bidui::workspace
