// The person entities of two runs, one against the other: which merged, split, were renamed.
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

namespace bidui::workspace {

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
Result<std::vector<LineageRow>> entity_changes(std::string_view before, std::string_view after,
                                               const InRun& in_before, const InRun& in_after);

}  // namespace bidui::workspace
