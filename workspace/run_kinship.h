// What the civil registry tells of kin and of splits, for rules (rule::Kinship).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/rule/kinship.h"
#include "matcher/rule/named_parents.h"
#include "workspace/run_households.h"
#include "workspace/run_source.h"
#include "workspace/source_texts.h"

namespace bidui::workspace {

// The fields of a schema that tell of kin: the parents' numbers, relation and former household.
// None where one of them is missing.
std::vector<std::size_t> kin_fields(const schema::Schema& schema);

struct SpineKin {
  rule::Kinship kinship{};
  rule::NamedParents named_parents{};
};

// From the texts of kin_fields() of all rows of a source; nothing where there are none. `others`:
// records of other sources whose numbers have no row here, but whose children may. All threads;
// O(rows).
SpineKin make_kin(std::size_t source, const RunSource& rows, const SourceTexts& texts,
                  const RunHouseholds& households, std::vector<rule::NamedParents::Bearer> others);

}  // namespace bidui::workspace
