#include "workspace/reveal_log.h"

#include <boost/json.hpp>

#include "matcher/base/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kName = "reveals";  // among the store's named bytes

}  // namespace

Status log_reveal(store::Store& store, const Reveal& reveal) {
  Result<std::vector<Reveal>> reveals = load_reveals(store);
  BIDUI_TRY(reveals);
  reveals->push_back(reveal);
  json::array array;
  for (const Reveal& r : *reveals) {
    array.push_back(json::object{{"at", r.at},
                                 {"by", r.by},
                                 {"reason", r.reason},
                                 {"what", r.what},
                                 {"records", r.records}});
  }
  return store.put_model(kName, json::serialize(array));
}

Result<std::vector<Reveal>> load_reveals(const store::Store& store) {
  std::vector<Reveal> reveals;
  const auto bytes = store.model(kName);
  BIDUI_TRY(bytes);
  if (!*bytes) return reveals;
  boost::system::error_code failure;
  const json::value value = json::parse(**bytes, failure);
  if (failure || !value.is_array()) return damaged_error("查看原文的日志", "the log of reveals");
  for (const json::value& entry : value.as_array()) {
    const json::object* const object = entry.if_object();
    if (object == nullptr) return damaged_error("查看原文的日志", "the log of reveals");
    reveals.push_back({.at = text_of(*object, "at"),
                       .by = text_of(*object, "by"),
                       .reason = text_of(*object, "reason"),
                       .what = text_of(*object, "what"),
                       .records = count_of(*object, "records")});
  }
  return reveals;
}

}  // namespace bidui::workspace
