#include "workspace/lineage.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "connectors/delimited/csv_writer.h"
#include "matcher/base/hash.h"
#include "store/layout.h"
#include "workspace/find_keys.h"
#include "workspace/json_member.h"
#include "workspace/kept_run.h"
#include "workspace/run_world.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

using store::append_little_endian;
using store::read_little_endian;

// One entity of the artefact: u64 hash and u32 size of its names, then the names, each a u32 length
// and its bytes.
constexpr std::size_t kHeadSize = 12;

struct PersonEntry {
  std::uint64_t hash = 0;
  std::string_view names{};  // encoded
};

std::vector<PersonEntry> entries_of(std::string_view bytes) {
  std::vector<PersonEntry> entries;
  for (std::size_t at = 0; at + kHeadSize <= bytes.size();) {
    const auto size = read_little_endian<std::uint32_t>(bytes.data() + at + 8);
    entries.push_back(
        {read_little_endian<std::uint64_t>(bytes.data() + at), bytes.substr(at + kHeadSize, size)});
    at += kHeadSize + size;
  }
  return entries;
}

std::vector<std::string_view> names_of(std::string_view encoded) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at + 4 <= encoded.size();) {
    const auto size = read_little_endian<std::uint32_t>(encoded.data() + at);
    names.push_back(encoded.substr(at + 4, size));
    at += 4 + size;
  }
  return names;
}

// The entities that the other run does not have with the very same records.
std::vector<PersonEntry> only_in(const std::vector<PersonEntry>& own,
                                 const std::vector<PersonEntry>& other) {
  std::unordered_set<std::uint64_t> known;
  known.reserve(other.size());
  for (const PersonEntry& entry : other) known.insert(entry.hash);
  std::vector<PersonEntry> result;
  std::ranges::copy_if(own, std::back_inserter(result),
                       [&](const PersonEntry& entry) { return !known.contains(entry.hash); });
  return result;
}

// The entity of each record that stands in one of these, called as its canonical member.
using EntityByRecord = std::unordered_map<std::string_view, std::string_view>;

EntityByRecord entities_of(const std::vector<PersonEntry>& entries) {
  EntityByRecord result;
  for (const PersonEntry& entry : entries) {
    const std::vector<std::string_view> names = names_of(entry.names);
    for (const std::string_view name : names) result.emplace(name, names.front());
  }
  return result;
}

// Adds the records of `other` that `own` lacks and the run has: entities of their own.
Status add_single_records(const EntityByRecord& other, const InRun& in_run, EntityByRecord& own) {
  std::vector<std::string_view> missing;
  for (const auto& [record, entity] : other) {
    if (!own.contains(record)) missing.push_back(record);
  }
  std::ranges::sort(missing);
  const Result<std::vector<bool>> present = in_run(missing);
  BIDUI_TRY(present);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if ((*present)[i]) own.emplace(missing[i], missing[i]);
  }
  return {};
}

EntityChange change_of(bool several_after, bool several_before) {
  if (several_after && several_before) return EntityChange::kMoved;
  if (several_after) return EntityChange::kSplit;
  return several_before ? EntityChange::kMerged : EntityChange::kRenamed;
}

// Names of a run's records by source: which deliveries it saw, and the other run.
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

std::string_view entity_change_name(EntityChange change) {
  switch (change) {
    case EntityChange::kMerged:
      return "merged";
    case EntityChange::kSplit:
      return "split";
    case EntityChange::kMoved:
      return "moved";
    case EntityChange::kRenamed:
      return "renamed";
  }
  return "";
}

void append_person(std::span<const std::string> names, std::string& bytes) {
  std::uint64_t hash = 0;
  std::size_t size = 0;
  for (const std::string& name : names) {
    hash = hash_bytes(name, hash);
    size += 4 + name.size();
  }
  append_little_endian(bytes, hash);
  append_little_endian(bytes, static_cast<std::uint32_t>(size));
  for (const std::string& name : names) {
    append_little_endian(bytes, static_cast<std::uint32_t>(name.size()));
    bytes += name;
  }
}

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

Result<std::vector<LineageRow>> compare_persons(std::string_view before, std::string_view after,
                                                const InRun& in_before, const InRun& in_after) {
  const std::vector<PersonEntry> all_before = entries_of(before);
  const std::vector<PersonEntry> all_after = entries_of(after);
  EntityByRecord old_entities = entities_of(only_in(all_before, all_after));
  EntityByRecord new_entities = entities_of(only_in(all_after, all_before));
  const EntityByRecord changed = old_entities;
  BIDUI_TRY(add_single_records(new_entities, in_before, old_entities));
  BIDUI_TRY(add_single_records(changed, in_after, new_entities));
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string>> went;
  for (const auto& [record, entity] : old_entities) {
    const auto at = new_entities.find(record);
    if (at != new_entities.end()) went[{entity, at->second}].emplace_back(record);
  }
  std::map<std::string_view, int> afters;
  std::map<std::string_view, int> befores;
  for (const auto& [way, records] : went) {
    ++afters[way.first];
    ++befores[way.second];
  }
  std::vector<LineageRow> rows;
  for (auto& [way, records] : went) {
    const EntityChange change = change_of(afters[way.first] > 1, befores[way.second] > 1);
    if (change == EntityChange::kRenamed && way.first == way.second) continue;
    std::ranges::sort(records);
    rows.push_back({std::string(way.first), std::string(way.second), change, std::move(records)});
  }
  return rows;
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
  Result<std::vector<LineageRow>> rows = compare_persons(
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
    return make_error(ErrorCode::kCorrupt, "the run's lineage cannot be read", std::string(run_id));
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
