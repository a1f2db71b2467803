// One file of a delivery: its tables opened, their columns found, their rows handed to the delivery
// in order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "connectors/database/database.h"
#include "matcher/schema/schema.h"
#include "workspace/change_rows.h"
#include "workspace/column_mapping.h"
#include "workspace/content_hash.h"
#include "workspace/delivery_sink.h"
#include "workspace/import.h"
#include "workspace/import_batch.h"
#include "workspace/progress.h"

namespace bidui::workspace {

// What one import needs all along.
struct ImportContext {
  const schema::Schema& schema;
  const ColumnMapper& mapper;               // which column is which field
  std::span<const schema::Schema> schemas;  // of all sources
  const BatchBuilder& builder;
  DeliverySink& sink;
  const Progress& progress;
  std::uint64_t total_bytes = 0;        // of all files
  ContentHash* content_hash = nullptr;  // of what is read, where that is no file
  ChangeRows* changes = nullptr;        // where the rows are changes: kept there, and not sunk
  std::vector<connectors::Reject>* rejects = nullptr;  // of these
};

// A file's tables as they were read, and what of it was not.
struct ImportedTables {
  std::vector<ImportedFile> tables{};
  std::vector<connectors::LeftOut> left_out{};
};

// `index`: of the first of the file's tables among those of the delivery. `bytes_before`: of the
// files before it, for the progress. Where a file has several tables, one without the columns that
// the source must have is left out. Errors: those of open_tables() and the header mapping
// (kBadInput, kIo), of the sink. Uses all threads; some batches are in memory at once.
Result<ImportedTables> import_file(const ImportContext& context, const std::filesystem::path& path,
                                   std::uint32_t index, std::uint64_t bytes_before);

// The same of a table or query of a database, whose rows are hashed as they come.
Result<ImportedTables> import_database(const ImportContext& context,
                                       const connectors::DatabaseConnection& connection,
                                       const connectors::DatabaseSelection& selection,
                                       std::uint32_t index = 0);

}  // namespace bidui::workspace
