#include "workspace/lookup_json.h"

#include <boost/json.hpp>

#include "workspace/flag_json.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object candidate_json(const Candidate& c, Locale locale) {
  return json::object{{"records", texts(c.records)},
                      {"sources", texts(c.sources)},
                      {"name", c.name},
                      {"id_number", c.id_number},
                      {"birth", c.birth},
                      {"place", c.place},
                      {"household", c.household},
                      {"reason", pick(locale, c.reason, c.reason_en)},
                      {"exact", c.exact},
                      {"weight", c.weight}};
}

json::object difference_json(const Difference& d, Locale locale) {
  return json::object{{"field", d.field},
                      {"title", pick(locale, d.title, d.field)},
                      {"level", d.level},
                      {"level_title", pick(locale, d.level_title, spaced(d.level))},
                      {"value", d.value}};
}

json::object record_json(const HouseholdView& view, const MemberRecord& r, Locale locale) {
  json::array differences;
  for (const Difference& d : r.differences) differences.push_back(difference_json(d, locale));
  return json::object{{"source", view.sources[r.source].instance},
                      {"record", r.record},
                      {"file", r.file},
                      {"row", r.row},
                      {"name", r.name},
                      {"id_number", r.id_number},
                      {"id_state", pick(locale, r.id_state, r.id_state_en)},
                      {"birth", r.birth},
                      {"relation", r.relation},
                      {"household", r.household},
                      {"other_household", r.other_household},
                      {"reference", r.reference},
                      {"level", rule::level_name(r.level)},
                      {"differences", std::move(differences)}};
}

json::object side_json(const SourceSide& side, Locale locale) {
  json::array facts;
  for (const Fact& fact : side.facts) {
    facts.push_back(json::object{{"field", fact.field},
                                 {"title", pick(locale, fact.title, spaced(fact.field))},
                                 {"value", fact.value},
                                 {"record", fact.record},
                                 {"who", fact.who}});
  }
  return json::object{
      {"source", side.instance},     {"title", pick(locale, side.title, side.title_en)},
      {"as_of", side.as_of},         {"delivered", side.delivered},
      {"household", side.household}, {"address", side.address},
      {"records", side.records},     {"facts", std::move(facts)}};
}

json::array lineage_json(const Lineage& lineage) {
  json::array changes;
  for (const LineageRow& row : lineage.rows) {
    changes.push_back(json::object{{"since", lineage.since},
                                   {"before", row.before},
                                   {"after", row.after},
                                   {"change", entity_change_name(row.change)},
                                   {"records", texts(row.records)}});
  }
  return changes;
}

// source:household_no of the first source that has one.
std::string household_name(const HouseholdView& view) {
  for (const SourceSide& side : view.sources) {
    if (!side.household.empty()) return side.instance + ":" + side.household;
  }
  return {};
}

// By which a person who belongs to no household is asked for.
std::string record_name(const HouseholdView& view) {
  if (!household_name(view).empty() || view.members.empty()) return {};
  return view.members.front().records.front().record;
}

json::object household_json(const HouseholdView& view, Locale locale,
                            std::optional<flag::DayNumber> today) {
  json::array sources;
  for (const SourceSide& side : view.sources) sources.push_back(side_json(side, locale));
  json::array members;
  for (const Member& member : view.members) {
    json::array records;
    for (const MemberRecord& r : member.records) records.push_back(record_json(view, r, locale));
    members.push_back(json::object{{"asked", member.asked}, {"records", std::move(records)}});
  }
  json::array possible;
  for (const PossibleLink& p : view.possible) {
    possible.push_back(json::object{{"left", p.left},
                                    {"right", p.right},
                                    {"weight", p.weight},
                                    {"probability", p.probability}});
  }
  json::array flags;
  for (const ShownFlag& flag : view.flags) flags.push_back(flag_json(flag, locale, today));
  return json::object{{"run", view.run},
                      {"current", view.current},
                      {"cut", view.cut},
                      {"name", household_name(view)},
                      {"record", record_name(view)},
                      {"sources", std::move(sources)},
                      {"members", std::move(members)},
                      {"possible_links", std::move(possible)},
                      {"lineage", lineage_json(view.lineage)},
                      {"flags", std::move(flags)}};
}

}  // namespace

json::object lookup_json(const LookupResult& result, Locale locale,
                         std::optional<flag::DayNumber> today) {
  json::array candidates;
  for (const Candidate& c : result.candidates) candidates.push_back(candidate_json(c, locale));
  json::object object{{"run", result.run},
                      {"candidate_count", result.candidate_count},
                      {"cut", result.cut},
                      {"candidates", std::move(candidates)},
                      {"household", nullptr}};
  if (result.household) object["household"] = household_json(*result.household, locale, today);
  return object;
}

json::object history_json(const HouseholdHistory& history, Locale locale) {
  json::array deliveries;
  for (const HistoryDelivery& d : history.deliveries)
    deliveries.push_back(json::object{{"source", d.source},
                                      {"title", pick(locale, d.title, d.source)},
                                      {"as_of", d.as_of},
                                      {"household", d.household},
                                      {"members", d.members}});
  json::array events;
  for (const HistoryEvent& event : history.events)
    events.push_back(json::object{{"date", event.date},
                                  {"kind", event_kind_name(event.kind)},
                                  {"source", event.source},
                                  {"title", pick(locale, event.title, event.source)},
                                  {"text", pick(locale, event.text, event.text_en)}});
  return json::object{{"deliveries", std::move(deliveries)}, {"events", std::move(events)}};
}

}  // namespace bidui::workspace
