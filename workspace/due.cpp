#include "workspace/due.h"

#include <boost/json.hpp>
#include <set>

#include "workspace/json_member.h"

namespace bidui::workspace {

Result<Due> comparison_due(const store::Store& store) {
  std::set<std::string> now;
  for (const store::DeliveryInfo& d : store::newest_deliveries(store.deliveries()))
    now.insert(store::delivery_name(d) + " " + d.content_hash + " " + d.schema_hash);
  Due due{.any = !now.empty()};
  const auto runs = store.runs();
  BIDUI_TRY(runs);
  std::set<std::string> then;
  if (!runs->empty()) {
    due.newest_run = runs->back().id;
    boost::system::error_code failure;
    const boost::json::value summary = boost::json::parse(runs->back().manifest, failure);
    if (!failure && summary.is_object()) {
      for (const boost::json::value& delivery : list_of(summary.get_object(), "deliveries")) {
        const boost::json::object& d = delivery.as_object();
        then.insert(text_of(d, "source") + ":" + text_of(d, "coverage") + ":" +
                    text_of(d, "as_of") + " " + text_of(d, "content_hash") + " " +
                    text_of(d, "schema_hash"));
      }
    }
  }
  due.changed = now != then;
  return due;
}

}  // namespace bidui::workspace
