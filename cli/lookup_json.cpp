#include <boost/json.hpp>

#include "cli/flag_text.h"
#include "cli/household_text.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object candidate_json(const workspace::Candidate& c) {
  return json::object{{"records", texts(c.records)},
                      {"name", c.name},
                      {"id_number", c.id_number},
                      {"birth", c.birth},
                      {"place", c.place},
                      {"household", c.household},
                      {"reason", c.reason},
                      {"exact", c.exact},
                      {"weight", c.weight}};
}

json::object record_json(const workspace::HouseholdView& view, const workspace::MemberRecord& r) {
  json::array differences;
  for (const workspace::Difference& d : r.differences)
    differences.push_back(json::object{{"field", d.field}, {"level", d.level}, {"value", d.value}});
  json::object object{{"source", view.sources[r.source].instance},
                      {"record", r.record},
                      {"file", r.file},
                      {"row", r.row},
                      {"name", r.name},
                      {"id_number", r.id_number},
                      {"birth", r.birth},
                      {"relation", r.relation},
                      {"household", r.household},
                      {"reference", r.reference},
                      {"level", rule::level_name(r.level)},
                      {"differences", differences}};
  if (r.other_household) object["other_household"] = true;
  return object;
}

json::object side_json(const workspace::SourceSide& side) {
  json::array facts;
  for (const workspace::Fact& fact : side.facts) {
    json::object object{{"field", fact.field}, {"title", fact.title}, {"value", fact.value}};
    if (!fact.record.empty()) object["record"] = fact.record;
    facts.push_back(std::move(object));
  }
  return json::object{{"source", side.instance},     {"title", side.title},
                      {"as_of", side.as_of},         {"delivered", side.delivered},
                      {"household", side.household}, {"address", side.address},
                      {"records", side.records},     {"facts", facts}};
}

json::object household_json(const workspace::HouseholdView& view) {
  json::array sources;
  for (const workspace::SourceSide& side : view.sources) sources.push_back(side_json(side));
  json::array members;
  for (const workspace::Member& member : view.members) {
    json::array records;
    for (const workspace::MemberRecord& r : member.records) records.push_back(record_json(view, r));
    members.push_back(json::object{{"asked", member.asked}, {"records", records}});
  }
  json::array possible;
  for (const workspace::PossibleLink& p : view.possible) {
    possible.push_back(json::object{{"left", p.left},
                                    {"right", p.right},
                                    {"weight", p.weight},
                                    {"probability", p.probability}});
  }
  json::array flags;
  for (const workspace::ShownFlag& flag : view.flags) flags.push_back(flag_json(flag));
  json::array changes;
  for (const workspace::LineageRow& row : view.lineage.rows) {
    changes.push_back(
        json::object{{"since", view.lineage.since},
                     {"before", row.before},
                     {"after", row.after},
                     {"change", workspace::entity_change_name(row.change)},
                     {"records", json::array(row.records.begin(), row.records.end())}});
  }
  return json::object{{"run", view.run},    {"current", view.current}, {"cut", view.cut},
                      {"sources", sources}, {"members", members},      {"possible_links", possible},
                      {"lineage", changes}, {"flags", flags}};
}

}  // namespace

std::string lookup_json(const workspace::LookupResult& result) {
  json::array candidates;
  for (const workspace::Candidate& c : result.candidates) candidates.push_back(candidate_json(c));
  json::object object{{"run", result.run},
                      {"candidate_count", result.candidate_count},
                      {"cut", result.cut},
                      {"candidates", candidates},
                      {"household", nullptr}};
  if (result.household) object["household"] = household_json(*result.household);
  return json::serialize(object);
}

}  // namespace bidui::cli
