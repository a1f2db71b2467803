// What the civil registry tells of kin and of splits, for rules (rule::Kinship).
#pragma once

#include <cstddef>
#include <vector>

#include "matcher/rule/kinship.h"
#include "workspace/run_households.h"
#include "workspace/run_source.h"
#include "workspace/source_texts.h"

namespace bidui::workspace {

// The fields of a schema that tell of kin: the parents' numbers, relation and former household.
// None where one of them is missing.
std::vector<std::size_t> kin_fields(const schema::Schema& schema);

// From the texts of kin_fields() of all rows of a source; nothing where there are none. All
// threads; O(rows).
rule::Kinship make_kinship(std::size_t source, const RunSource& rows, const SourceTexts& texts,
                           const RunHouseholds& households);

}  // namespace bidui::workspace
