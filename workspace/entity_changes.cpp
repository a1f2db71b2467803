#include "workspace/entity_changes.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "matcher/base/hash.h"
#include "store/layout.h"

namespace bidui::workspace {
namespace {

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

Result<std::vector<LineageRow>> entity_changes(std::string_view before, std::string_view after,
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

}  // namespace bidui::workspace
