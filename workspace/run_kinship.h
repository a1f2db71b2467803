// What the civil registry tells of kin and of splits, for rules (rule::Kinship).
#pragma once

#include "matcher/base/result.h"
#include "matcher/rule/kinship.h"
#include "matcher/rule/named_parents.h"
#include "store/store.h"
#include "workspace/run_households.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

struct SpineKin {
  rule::Kinship kinship{};
  rule::NamedParents named_parents{};
};

// Reads the parents' numbers, relation and former household of all rows of a source; nothing where
// its schema has no such fields. `asked`: the numbers of people without a row, whose children may
// be there. All threads; O(rows).
Result<SpineKin> load_kinship(const store::Store& store, std::size_t source, const RunSource& rows,
                              const RunHouseholds& households,
                              std::span<const std::uint64_t> asked);

}  // namespace bidui::workspace
