#include "workspace/explanation_json.h"

#include <boost/json.hpp>

#include "workspace/explanation_text.h"
#include "workspace/id_remarks.h"
#include "workspace/number_json.h"
#include "workspace/reason_words.h"
#include "workspace/summand_words.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "bidui.explanation/1";

// Level names; "missing" where the number or the record's own value is.
json::object consistency_json(const compare::IdConsistency& c) {
  const auto name = [](compare::Comparison comparison, auto level) {
    return model::level_name(static_cast<int>(comparison), static_cast<int>(level));
  };
  return json::object{{"birth", name(compare::Comparison::kBirth, c.birth)},
                      {"sex", name(compare::Comparison::kSex, c.sex)},
                      {"region", name(compare::Comparison::kAddress, c.region)}};
}

json::object alteration_json(const compare::IdAlteration& a) {
  return json::object{{"part", id_part_name(a.part)},
                      {"digits", a.digits},
                      {"years_later", a.years_later},
                      {"bits", a.bits}};
}

json::object record_json(const ExplainedRecord& r) {
  return json::object{{"record", r.record},
                      {"source", r.instance},
                      {"file", r.file},
                      {"row", r.row},
                      {"name", r.name},
                      {"former_name", r.former_name},
                      {"id_number", r.id_number},
                      {"id_state", r.id_state},
                      {"id_consistency", consistency_json(r.id_consistency)},
                      {"birth", r.birth},
                      {"birth_from_id", r.birth_from_id},
                      {"sex", r.sex},
                      {"phone", r.phone},
                      {"address", r.address},
                      {"household", r.household}};
}

json::object summand_json(const Explanation& e, const model::Summand& s, Locale locale) {
  json::object object{{"name", model::summand_name(s)},
                      {"title", summand_words(s, locale)},
                      {"detail", detail_words(e, s, locale)},
                      {"bits", s.bits}};
  if (s.kind != model::SummandKind::kComparison) return object;
  object["against"] = s.against == model::Against::kRelatives ? "relatives" : "strangers";
  object["level"] = model::level_name(s.comparison, s.level);
  if (s.level == 0) return object;
  object["m"] = s.match;
  object["u"] = s.stranger;
  object["relative"] = s.relative;
  return object;
}

json::array places_json(const std::vector<int>& places) {
  return json::array(places.begin(), places.end());
}

json::array texts(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& text : list) array.push_back(json::string(text));
  return array;
}

json::object decision_json(const Explanation& e) {
  const PairDecision& d = e.decision;
  json::array takers;
  for (const PlaceTaker& t : d.takers) {
    takers.push_back(json::object{{"of", t.of},
                                  {"record", t.record},
                                  {"name", t.name},
                                  {"id_number", t.id_number},
                                  {"weight", optional_json(t.weight)}});
  }
  json::array conflicts;
  for (const Conflict& c : d.conflicts)
    conflicts.push_back(json::object{{"source", c.instance}, {"left", c.left}, {"right", c.right}});
  json::array constraints;
  for (const Constraint& c : d.constraints) {
    constraints.push_back(json::object{{"left", c.left},
                                       {"right", c.right},
                                       {"by", c.by},
                                       {"reason", c.reason},
                                       {"origin", c.origin}});
  }
  constexpr std::string_view kVia[] = {"", "direct", "entity", "registry"};
  const bool weighed = d.via != LinkVia::kNothing;
  return json::object{{"decision", verdict_name(d.verdict)},
                      {"level", rule::level_name(d.level)},
                      {"via", kVia[static_cast<std::size_t>(d.via)]},
                      {"run_weight", weighed ? json::value(d.weight) : json::value(nullptr)},
                      {"link_threshold", optional_json(d.threshold)},
                      {"possible_threshold", possible_threshold()},
                      {"path", texts(d.path)},
                      {"places_taken", takers},
                      {"conflicts", conflicts},
                      {"constraints", constraints}};
}

json::array rivals_json(const std::vector<Rival>& rivals) {
  json::array list;
  for (const Rival& r : rivals) {
    list.push_back(json::object{{"of", r.of},
                                {"record", r.record},
                                {"name", r.name},
                                {"id_number", r.id_number},
                                {"birth", r.birth},
                                {"weight", r.weight}});
  }
  return list;
}

json::array keys_json(const PairKeys& keys) {
  json::array list;
  for (const ExplainedKey& k : keys.kinds) {
    list.push_back(json::object{{"kind", key::key_kind_name(k.kind)},
                                {"state", key_state_name(k.state)},
                                {"records", k.records},
                                {"refined_records", k.refined_records}});
  }
  return list;
}

json::array near_misses_json(const PairKeys& keys) {
  json::array list;
  for (const key::NearMiss& miss : keys.near_misses) {
    json::array parts;
    for (const key::RecordPart part : miss.parts)
      parts.push_back(json::string(record_part_name(part)));
    json::array kinds;
    for (const key::KeyKind kind : miss.kinds)
      kinds.push_back(json::string(key::key_kind_name(kind)));
    list.push_back(json::object{{"parts", parts}, {"kinds", kinds}});
  }
  return list;
}

}  // namespace

std::string explanation_json(const Explanation& e, Locale locale) {
  json::array summands;
  for (const model::Summand& s : e.summands) summands.push_back(summand_json(e, s, locale));
  json::array reasons;
  for (const Reason& r : e.reasons) {
    reasons.push_back(
        json::object{{"kind", reason_name(r.kind)}, {"text", reason_words(e, r, locale)}});
  }
  json::object object{{"format", kFormat},
                      {"left", record_json(e.left)},
                      {"right", record_json(e.right)},
                      {"verdict", verdict_words(e.decision.verdict, locale)},
                      {"headline", headline_words(e, locale)},
                      {"name_places", places_json(e.name_places)},
                      {"id_places", places_json(e.id_places)},
                      {"id_finding", id_finding_name(e.id_finding)},
                      {"id_alteration", e.id_finding == compare::IdFinding::kTwoNumbers
                                            ? json::value(alteration_json(e.id_alteration))
                                            : json::value(nullptr)},
                      {"id_remarks", texts(id_remarks(e, locale))},
                      {"run", e.decision.run},
                      {"current", e.decision.current}};
  for (auto& [name, value] : decision_json(e)) object[name] = value;
  object["reasons"] = std::move(reasons);
  object["model"] = e.evidence.model;
  object["summands"] = std::move(summands);
  object["weight"] = e.weight;
  object["probability"] = e.probability;
  object["rivals"] = rivals_json(e.rivals);
  object["name_bearers"] = e.evidence.bearers;
  object["records"] = e.evidence.compared;
  object["keys"] = keys_json(e.keys);
  object["near_misses"] = near_misses_json(e.keys);
  return json::serialize(object);
}

}  // namespace bidui::workspace
