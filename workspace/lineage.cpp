#include "workspace/lineage.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "connectors/delimited/csv_writer.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/find_keys.h"
#include "workspace/json_member.h"
#include "workspace/kept_run.h"
#include "workspace/run_artefacts.h"
#include "workspace/run_world.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

// Which records two runs saw, by their deliveries.
class SeenRecords {
 public:
  SeenRecords(const store::Store& store, const KeptRun& before, std::span<const RunSource> now)
      : store_(store) {
    for (const KeptRun::SeenDelivery& d : before.deliveries()) {
      Source& source = sources_[d.instance];
      if (d.id) source.before.push_back(*d.id);
      source.replaced = source.replaced || !d.id;
    }
    for (const RunSource& source : now) {
      for (const store::DeliveryInfo& d : source.deliveries)
        sources_[source.instance].now.push_back(d.id);
    }
    for (auto& [instance, source] : sources_) {
      std::ranges::sort(source.before);
      std::ranges::sort(source.now);
    }
  }

  // Whether the run before, or else this one, had each of these; the other one had them all.
  Result<std::vector<bool>> find(std::span<const std::string_view> names, bool before) const {
    std::map<std::string_view, std::vector<std::size_t>> by_source;
    for (std::size_t i = 0; i < names.size(); ++i)
      by_source[names[i].substr(0, names[i].find(':'))].push_back(i);
    std::vector<bool> found(names.size());
    for (const auto& [instance, places] : by_source) {
      const auto at = sources_.find(std::string(instance));
      if (at == sources_.end()) continue;
      const Source& source = at->second;
      const bool unknown = before && source.replaced;
      const auto& deliveries = before ? source.before : source.now;
      if (source.before == source.now && !source.replaced) {
        for (const std::size_t i : places) found[i] = true;
        continue;
      }
      std::vector<std::string_view> keys;
      for (const std::size_t i : places) keys.push_back(names[i].substr(instance.size() + 1));
      const auto rows = find_keys(store_, deliveries, keys);
      BIDUI_TRY(rows);
      for (std::size_t i = 0; i < places.size(); ++i)
        found[places[i]] = (*rows)[i].has_value() || unknown;
    }
    return found;
  }

 private:
  struct Source {
    std::vector<store::DeliveryId> before;
    std::vector<store::DeliveryId> now;
    bool replaced = false;  // a delivery of the run before is no longer there
  };
  const store::Store& store_;
  std::map<std::string, Source> sources_;
};

}  // namespace

std::string encode_persons(const RunWorld& world) {
  std::string bytes;
  struct Member {
    std::size_t rank;  // of the source: the civil registry first
    std::string_view key;
    std::uint32_t record;
    auto operator<=>(const Member&) const = default;
  };
  std::vector<Member> members;
  std::vector<std::string> names;
  const link::Entities& entities = world.linkage.entities;
  for (std::uint32_t e = 0; e < entities.count(); ++e) {
    if (entities.members(e).size() == 1) continue;
    members.clear();
    for (const std::uint32_t record : entities.members(e)) {
      const std::size_t source = world.records->source_of(record);
      members.push_back({source == world.spine() ? 0 : source + 1, world.key(record), record});
    }
    std::ranges::sort(members);
    names.clear();
    for (const Member& m : members) {
      names.push_back(world.sources[world.records->source_of(m.record)].instance + ":" +
                      std::string(m.key));
    }
    append_person(names, bytes);
  }
  return bytes;
}

Result<Lineage> lineage_since(const store::Store& store, std::string_view run_before,
                              const RunWorld& world, std::string_view persons) {
  if (run_before.empty()) return Lineage{};
  const Result<KeptRun> run = KeptRun::find(store, run_before);
  BIDUI_TRY(run);
  const Result<std::string> kept = store.read_artefact(run->id(), kPersonsArtefact);
  if (!kept && kept.error().code == ErrorCode::kNotFound) return Lineage{};  // an older version's
  BIDUI_TRY(kept);
  const SeenRecords seen(store, *run, world.sources);
  Result<std::vector<LineageRow>> rows = entity_changes(
      *kept, persons,
      [&](std::span<const std::string_view> names) { return seen.find(names, true); },
      [&](std::span<const std::string_view> names) { return seen.find(names, false); });
  BIDUI_TRY(rows);
  return Lineage{.since = run->id(), .rows = std::move(*rows)};
}

std::string encode_lineage(const Lineage& lineage) {
  json::array rows;
  for (const LineageRow& row : lineage.rows) {
    rows.push_back(json::object{{"before", row.before},
                                {"after", row.after},
                                {"change", entity_change_name(row.change)},
                                {"records", json::array(row.records.begin(), row.records.end())}});
  }
  return json::serialize(json::object{{"since", lineage.since}, {"rows", rows}});
}

Result<Lineage> load_lineage(const store::Store& store, std::string_view run_id) {
  const Result<std::string> bytes = store.read_artefact(run_id, kLineageArtefact);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) return Lineage{};
  BIDUI_TRY(bytes);
  boost::system::error_code failure;
  const json::value value = json::parse(*bytes, failure);
  if (failure || !value.is_object())
    return damaged_error("比对的沿革", "the run's lineage", std::string(run_id));
  Lineage lineage{.since = text_of(value.as_object(), "since")};
  for (const json::value& entry : list_of(value.as_object(), "rows")) {
    if (!entry.is_object()) continue;
    LineageRow row{.before = text_of(entry.as_object(), "before"),
                   .after = text_of(entry.as_object(), "after")};
    const std::string change = text_of(entry.as_object(), "change");
    for (const EntityChange c : {EntityChange::kMerged, EntityChange::kSplit, EntityChange::kMoved,
                                 EntityChange::kRenamed}) {
      if (change == entity_change_name(c)) row.change = c;
    }
    for (const json::value& record : list_of(entry.as_object(), "records")) {
      if (record.is_string()) row.records.emplace_back(record.as_string());
    }
    lineage.rows.push_back(std::move(row));
  }
  return lineage;
}

std::string lineage_csv(const Lineage& lineage) {
  std::string csv = "run_before,entity_before,entity_after,change,count,records\n";
  for (const LineageRow& row : lineage.rows) {
    std::string records;
    for (const std::string& record : row.records) records += (records.empty() ? "" : ";") + record;
    for (const std::string& cell :
         {lineage.since, row.before, row.after, std::string(entity_change_name(row.change)),
          std::to_string(row.records.size())}) {
      connectors::append_csv_cell(csv, cell);
      csv += ',';
    }
    connectors::append_csv_cell(csv, records);
    csv += '\n';
  }
  return csv;
}

}  // namespace bidui::workspace
