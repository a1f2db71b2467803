// What the civil registry tells of kin and of splits, for rules (rule::Kinship).
#pragma once

#include "matcher/base/result.h"
#include "matcher/rule/kinship.h"
#include "store/store.h"
#include "workspace/run_households.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

// Reads the parents' numbers, relation and former household of all rows of a source; nothing where
// its schema has no such fields. All threads; O(rows).
Result<rule::Kinship> load_kinship(const store::Store& store, std::size_t source,
                                   const RunSource& rows, const RunHouseholds& households);

}  // namespace bidui::workspace
