// Household columns that stand only on the first row of a block (contracts §1).
#pragma once

#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

// Has the reader fill them down, where the schema says so. Before the first row is read.
Status fill_household_down(const schema::Schema& schema, const schema::HeaderMapping& mapping,
                           connectors::TableReader& reader);

}  // namespace bidui::workspace
