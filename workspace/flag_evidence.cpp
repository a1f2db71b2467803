#include "workspace/flag_evidence.h"

#include <boost/json.hpp>

namespace bidui::workspace {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view member) {
  const json::value* const value = object.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

template <typename Use>
void for_objects(const json::object& object, std::string_view member, const Use& use) {
  const json::value* const value = object.if_contains(member);
  if (value == nullptr || !value->is_array()) return;
  for (const json::value& element : value->as_array()) {
    if (element.is_object()) use(element.as_object());
  }
}

EvidenceRecord record_of(const json::object& object) {
  EvidenceRecord record;
  record.name = text_of(object, "record");
  record.source = record.name.substr(0, record.name.find(':'));
  record.linked = object.contains("level");
  for_objects(object, "fields", [&](const json::object& field) {
    record.fields.push_back(
        {text_of(field, "field"), text_of(field, "title"), text_of(field, "value")});
  });
  return record;
}

}  // namespace

std::string_view EvidenceRecord::value_of(std::string_view field) const {
  for (const EvidenceField& f : fields) {
    if (f.id == field) return f.value;
  }
  return {};
}

Result<FlagEvidence> read_flag_evidence(std::string_view text) {
  boost::system::error_code failure;
  json::monotonic_resource memory;
  const json::value value = json::parse(text, failure, &memory);
  if (failure || !value.is_object())
    return make_error(ErrorCode::kCorrupt, "a flag's evidence cannot be read");
  const json::object& object = value.as_object();
  FlagEvidence evidence;
  for_objects(object, "shown", [&](const json::object& shown) {
    EvidenceItem item{.title = text_of(shown, "title"), .value = text_of(shown, "value")};
    for_objects(shown, "records",
                [&](const json::object& record) { item.records.push_back(record_of(record)); });
    evidence.items.push_back(std::move(item));
  });
  for_objects(object, "exceptions_undecided", [&](const json::object& exception) {
    evidence.undecided.push_back(text_of(exception, "title"));
  });
  for_objects(object, "visit", [&](const json::object& question) {
    evidence.visit.push_back(text_of(question, "title"));
  });
  return evidence;
}

}  // namespace bidui::workspace
