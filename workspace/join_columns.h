// What one file has in one column and the other in several: names and birth dates.
#pragma once

#include <vector>

#include "matcher/schema/pair_columns.h"
#include "workspace/column_plan.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

// A full name against family and given name, a birth date against year, month and day, in either
// file: sets the columns of `plan`, notes them among its uses, and takes from `pairs` what they
// replace. Before the pairs are planned. Latin names are compared in their parts, Chinese ones
// whole.
void join_columns(const LinkFile& left, const LinkFile& right,
                  std::vector<schema::ColumnPair>& pairs, ColumnPlan& plan);

}  // namespace bidui::workspace
