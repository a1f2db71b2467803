#include "workspace/shown_flag.h"

#include <algorithm>
#include <boost/json.hpp>

#include "matcher/rule/rule_file.h"
#include "workspace/builtin_data.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value, std::string_view member) {
  const json::object* const object = value.if_object();
  const json::value* const at = object == nullptr ? nullptr : object->if_contains(member);
  return at != nullptr && at->is_string() ? std::string(at->as_string()) : std::string();
}

// The elements of a list member; none where there is no such list.
const json::array& list_of(const json::value& value, std::string_view member) {
  static const json::array kNone;
  const json::object* const object = value.if_object();
  const json::value* const at = object == nullptr ? nullptr : object->if_contains(member);
  return at != nullptr && at->is_array() ? at->as_array() : kNone;
}

std::vector<std::string> titles_of(const json::value& evidence, std::string_view member) {
  std::vector<std::string> titles;
  for (const json::value& entry : list_of(evidence, member))
    titles.push_back(text_of(entry, "title"));
  return titles;
}

EvidenceRecord read_record(const json::value& value) {
  EvidenceRecord record{.record = text_of(value, "record"), .level = text_of(value, "level")};
  for (const json::value& field : list_of(value, "fields")) {
    record.fields.push_back(
        {text_of(field, "field"), text_of(field, "title"), text_of(field, "value")});
  }
  return record;
}

std::vector<Evidence> read_evidence(const json::value& evidence) {
  std::vector<Evidence> items;
  for (const json::value& shown : list_of(evidence, "shown")) {
    Evidence item{.title = text_of(shown, "title"), .value = text_of(shown, "value")};
    for (const json::value& record : list_of(shown, "records"))
      item.records.push_back(read_record(record));
    items.push_back(std::move(item));
  }
  return items;
}

// Township and village of the first record that has them.
std::string place_in(const std::vector<Evidence>& evidence) {
  for (const Evidence& item : evidence) {
    for (const EvidenceRecord& record : item.records) {
      std::string place;
      for (const std::string_view id : {"township", "village"}) {
        const auto at = std::ranges::find(record.fields, id, &EvidenceField::field);
        if (at != record.fields.end()) place += at->value;
      }
      if (!place.empty()) return place;
    }
  }
  return {};
}

std::vector<std::string> tested_titles(const json::value& evidence, const rule::Rule* rule) {
  std::vector<std::string> titles;
  for (const json::value& entry : list_of(evidence, "exceptions_tested")) {
    if (!entry.is_string()) continue;
    std::string title(entry.as_string());
    if (rule != nullptr) {
      const auto at = std::ranges::find(rule->exceptions, title, &rule::Exception::id);
      if (at != rule->exceptions.end()) title = at->title;
    }
    titles.push_back(std::move(title));
  }
  return titles;
}

bool in_place(const ShownFlag& flag, const std::string& wanted) {
  if (wanted.empty()) return true;
  const bool code = wanted.find_first_not_of("0123456789") == std::string::npos;
  return code ? flag.state.flag.division.starts_with(wanted)
              : flag.place.find(wanted) != std::string::npos;
}

// What can be told without reading the evidence.
bool passes(const FlagState& state, const FlagFilter& filter) {
  const flag::Flag& f = state.flag;
  if (!filter.rule.empty() && f.rule != filter.rule) return false;
  if (filter.severity && f.severity != *filter.severity) return false;
  return filter.status ? f.status == *filter.status : f.status != flag::Status::kGone;
}

bool ranks_before(const FlagState& x, const FlagState& y) {
  const flag::Flag& a = x.flag;
  const flag::Flag& b = y.flag;
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.level != b.level) return a.level > b.level;
  if (a.rule != b.rule) return a.rule < b.rule;
  return a.subject != b.subject ? a.subject < b.subject : a.flag_id < b.flag_id;
}

}  // namespace

const rule::Rule* FlagReader::rule_of(const std::string& id) {
  const auto [at, fresh] = rules_.try_emplace(id);
  if (fresh) {
    const std::string path = "rules/" + id + ".json";
    if (const auto text = builtin_file(path)) {
      Result<rule::Rule> rule = rule::parse_rule({path, std::string(*text)});
      if (rule) at->second = std::move(*rule);
    }
  }
  return at->second ? &*at->second : nullptr;
}

ShownFlag FlagReader::describe(FlagState state) {
  ShownFlag shown{.state = std::move(state)};
  const rule::Rule* const rule = rule_of(shown.state.flag.rule);
  shown.title = rule == nullptr ? shown.state.flag.rule : rule->title;
  shown.title_en = rule == nullptr ? shown.state.flag.rule : rule->title_en;
  if (rule != nullptr) {
    shown.deadline_days = rule->deadline_days;
    shown.basis = rule->basis;
  }
  boost::system::error_code failure;
  const json::value evidence = json::parse(shown.state.flag.evidence, failure);
  if (failure) return shown;
  shown.each = text_of(evidence, "each");
  shown.evidence = read_evidence(evidence);
  shown.place = place_in(shown.evidence);
  shown.tested = tested_titles(evidence, rule);
  shown.undecided = titles_of(evidence, "exceptions_undecided");
  shown.visit = titles_of(evidence, "visit");
  return shown;
}

Result<FlagList> list_flags(const Workspace& workspace, const FlagFilter& filter) {
  Result<std::vector<FlagState>> states = load_flag_states(workspace.store());
  BIDUI_TRY(states);
  std::erase_if(*states, [&](const FlagState& state) { return !passes(state, filter); });
  std::ranges::sort(*states, ranks_before);
  const bool by_place = !filter.township.empty() || !filter.village.empty();
  FlagReader reader;
  FlagList list;
  for (FlagState& state : *states) {
    const bool full = filter.limit != 0 && list.flags.size() == filter.limit;
    if (full && !by_place) {
      ++list.count;
      continue;
    }
    ShownFlag flag = reader.describe(std::move(state));
    if (!in_place(flag, filter.township) || !in_place(flag, filter.village)) continue;
    ++list.count;
    if (!full) list.flags.push_back(std::move(flag));
  }
  return list;
}

Result<ShownFlag> find_flag(const Workspace& workspace, std::string_view flag_id) {
  const auto text = workspace.store().flag(flag_id);
  BIDUI_TRY(text);
  if (!*text) return make_error(ErrorCode::kNotFound, "no such flag", std::string(flag_id));
  Result<FlagState> state = decode_flag_state(flag_id, **text);
  BIDUI_TRY(state);
  return FlagReader().describe(std::move(*state));
}

}  // namespace bidui::workspace
