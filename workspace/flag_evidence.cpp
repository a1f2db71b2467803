#include "workspace/flag_evidence.h"

#include <boost/json.hpp>

#include "matcher/base/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

template <typename Use>
void for_objects(const json::object& object, std::string_view member, const Use& use) {
  for (const json::value& element : list_of(object, member)) {
    if (element.is_object()) use(element.as_object());
  }
}

EvidenceRecord record_of(const json::object& object) {
  EvidenceRecord record;
  record.name = text_of(object, "record");
  record.source = record.name.substr(0, record.name.find(':'));
  record.level = text_of(object, "level");
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
  if (failure || !value.is_object()) return damaged_error("疑点的证据", "a flag's evidence");
  const json::object& object = value.as_object();
  FlagEvidence evidence{.each = text_of(object, "each")};
  for_objects(object, "shown", [&](const json::object& shown) {
    EvidenceItem item{.title = text_of(shown, "title"), .value = text_of(shown, "value")};
    for_objects(shown, "records",
                [&](const json::object& record) { item.records.push_back(record_of(record)); });
    evidence.items.push_back(std::move(item));
  });
  for (const json::value& id : list_of(object, "exceptions_tested")) {
    if (id.is_string()) evidence.tested.emplace_back(id.as_string());
  }
  for_objects(object, "exceptions_undecided", [&](const json::object& exception) {
    evidence.undecided.push_back(text_of(exception, "title"));
  });
  for_objects(object, "visit", [&](const json::object& question) {
    evidence.visit.push_back(text_of(question, "title"));
  });
  return evidence;
}

}  // namespace bidui::workspace
