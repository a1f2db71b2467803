// The constraints of a run: whose records it has.
#pragma once

#include <span>
#include <vector>

#include "matcher/link/cannot_links.h"
#include "workspace/constraint.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

struct RunConstraints {
  link::CannotLinks pairs{};    // by record number (RunRecords)
  std::uint64_t count = 0;      // all that hold in the workspace
  std::uint64_t not_found = 0;  // of these, a record is in none of the run's deliveries
  std::uint64_t hash = 0;       // hash_constraints of all
};

// Records are numbered through the sources in their order. Errors: those of the store.
Result<RunConstraints> place_constraints(const store::Store& store,
                                         std::span<const RunSource> sources);

}  // namespace bidui::workspace
