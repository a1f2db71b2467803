// Which columns of two files (or one) are compared with which, and how.
#pragma once

#include <vector>

#include "matcher/base/result.h"
#include "workspace/column_plan.h"
#include "workspace/link_files.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

// `right` = null: deduplicate. What one file's columns are to the other is noted in their
// recognition. kBadInput when nothing is left that tells people apart.
Result<ColumnPlan> plan_columns(LinkFile& left, LinkFile* right);

// What is said of every column: those of the left file in its order, each with what it is compared
// with, then what is left of the right file.
std::vector<ColumnReport> report_columns(const LinkFile& left, const LinkFile* right,
                                         const ColumnPlan& plan);

}  // namespace bidui::workspace
