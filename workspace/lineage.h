// How person entities went on from one run to another: merged, split, renamed.
//
// An entity is called as its canonical member: its record in the civil registry if it has one, else
// the first of its records in the order of the sources (contracts §3), by key.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"

namespace bidui::workspace {

struct RunWorld;

// The artefact (docs/format/run.md) "persons": the entities of several records, by their records'
// names.
inline constexpr std::string_view kPersonsArtefact = "persons";
std::string encode_persons(const RunWorld& world);

// Appends an entity: its records' names, the canonical one first.
void append_person(std::span<const std::string> names, std::string& bytes);

enum class EntityChange : std::uint8_t {
  kMerged,   // joins others into one person
  kSplit,    // becomes several
  kMoved,    // both: leaves one person and joins another
  kRenamed,  // the same person, with another canonical member
};
std::string_view entity_change_name(EntityChange change);  // "merged"

// What went from one entity to one other.
struct LineageRow {
  std::string before{};  // source:key
  std::string after{};
  EntityChange change = EntityChange::kMerged;
  std::vector<std::string> records{};  // that went, by name

  bool operator==(const LineageRow&) const = default;
};

// For each of some records, whether a run has it.
using InRun = std::function<Result<std::vector<bool>>(std::span<const std::string_view> names)>;

// What changed between the persons of two runs, by (before, after). Asks whether records that stand
// in the persons of one run only were in the other, alone.
Result<std::vector<LineageRow>> compare_persons(std::string_view before, std::string_view after,
                                                const InRun& in_before, const InRun& in_after);

struct Lineage {
  std::string since{};             // the run before, "" where there is none or it kept no persons
  std::vector<LineageRow> rows{};  // by (before, after)
};

// Of a run whose persons are `persons` to the run before it. Records that only one of the runs has
// change nothing. Where a delivery of the run before was replaced since, a record of its source
// counts as having been in it. O(records of the entities), more only for those that changed.
Result<Lineage> lineage_since(const store::Store& store, std::string_view run_before,
                              const RunWorld& world, std::string_view persons);

// lineage.csv: run_before,entity_before,entity_after,change,count,records.
std::string lineage_csv(const Lineage& lineage);

// The same as it is kept with the run.
inline constexpr std::string_view kLineageArtefact = "lineage";
std::string encode_lineage(const Lineage& lineage);
// Empty where the run was made by an older version.
Result<Lineage> load_lineage(const store::Store& store, std::string_view run_id);

}  // namespace bidui::workspace
