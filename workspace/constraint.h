// Constraints: pairs of records that people decided are not one person (cannot-links). They are
// kept in the workspace by the records' names, so that they hold for new deliveries too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/workspace.h"

namespace bidui::workspace {

struct Constraint {
  std::string left{};  // source:key; before `right` in the order of bytes
  std::string right{};
  std::string by{};  // who decided
  std::string reason{};
  // Where it was decided: "hand", "review S0001", "flag 3f09c1a2b4d5".
  std::string origin{};

  bool operator==(const Constraint&) const = default;
};

inline constexpr std::string_view kByHand = "hand";
inline constexpr std::string_view kFlagOrigin = "flag ";  // before the flag's identity

// All that hold, by (left, right), each pair once: those kept, and the pairs that all reviewers of
// a sample who could tell called different.
Result<std::vector<Constraint>> load_constraints(const store::Store& store);

// Keeps one, durably; its records in either order. kInvalidArgument: no source:key, one record
// twice, nobody or no reason given. kNotFound where no current delivery has a record. kConflict
// where the pair has one.
Result<Constraint> add_constraint(Workspace& workspace, Constraint constraint);

// kNotFound where there is none; kConflict where a review, or a flag that is dismissed, says so:
// that must change.
Status remove_constraint(Workspace& workspace, std::string_view left, std::string_view right);

// What people decided about flags changes the constraints (origin "flag ID").
struct ConstraintChange {
  std::vector<Constraint> added{};
  std::vector<std::string> removed_origins{};  // all from there go
};

// The bytes that keep the constraints after it, for who writes more in the same step. Errors: those
// of the store.
Result<store::NamedBytes> changed_constraints(const store::Store& store,
                                              const ConstraintChange& change);

// Of the pairs, in whatever order they are given: what a run's manifest names them by.
std::uint64_t hash_constraints(std::vector<Constraint> constraints);

}  // namespace bidui::workspace
