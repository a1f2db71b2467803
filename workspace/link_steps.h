// The steps that linking two files and deduplicating one have in common.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/link/cannot_links.h"
#include "matcher/link/linker.h"
#include "workspace/cannot_link_file.h"
#include "workspace/column_plan.h"
#include "workspace/link_files.h"
#include "workspace/link_table.h"
#include "workspace/run_models.h"

namespace bidui::workspace {

// What is known of the linkage before a row is read.
struct LinkPlan {
  ColumnPlan columns;
  RunModels models;       // to use; none where none is asked for
  KeyPairs cannot_links;  // by the keys of the rows
};

// Sets the files' keys and plans their columns; `right` null: one file. kBadInput (no such key, no
// column that tells people apart, a model of other columns), errors of the files it reads.
Result<LinkPlan> plan_link(const LinkFilesOptions& options, LinkFile& left, LinkFile* right);

// With its index built. `plan`'s hot keys, where it has tables.
std::shared_ptr<link::LeftSide> left_side(link::RecordTable table, const LinkPlan& plan);

link::LinkerOptions linker_options(const LinkPlan& plan, double expected_right,
                                   link::Assignment assignment, bool deduplicate);

// The cannot-links by row, and how many of them were found, noted in the report.
link::CannotLinks placed_cannot_links(const KeyPairs& pairs, const RowKeys& left,
                                      const RowKeys& right, LinkFilesReport& report);

// What is known when the linker has finished: models, tables, how many keys were indexed and pairs
// compared.
void note_linkage(const link::ScoredPairs& scored, const ColumnPlan& columns,
                  LinkFilesReport& report);

}  // namespace bidui::workspace
