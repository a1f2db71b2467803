// How person entities went on from one run to another: merged, split, renamed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"
#include "workspace/entity_changes.h"

namespace bidui::workspace {

struct RunWorld;

// The artefact (docs/format/run.md) "persons": the entities of several records, by their records'
// names.
std::string encode_persons(const RunWorld& world);

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
std::string encode_lineage(const Lineage& lineage);
// Empty where the run was made by an older version.
Result<Lineage> load_lineage(const store::Store& store, std::string_view run_id);

}  // namespace bidui::workspace
