// One file of a delivery: opened, its columns found, its rows handed to the delivery in order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "matcher/schema/schema.h"
#include "workspace/delivery_sink.h"
#include "workspace/import.h"
#include "workspace/import_batch.h"
#include "workspace/progress.h"

namespace bidui::workspace {

// What one import needs all along.
struct ImportContext {
  const schema::Schema& schema;
  std::span<const schema::Schema> schemas;  // of all sources
  const BatchBuilder& builder;
  DeliverySink& sink;
  const Progress& progress;
  std::uint64_t total_bytes = 0;  // of all files
};

// `index`: of the file in the delivery. `bytes_before`: of the files before it, for the progress.
// Errors: those of the reader and the header mapping (kBadInput, kIo), of the sink. Uses all
// threads; some batches are in memory at once.
Result<ImportedFile> import_file(const ImportContext& context, const std::filesystem::path& path,
                                 std::uint32_t index, std::uint64_t bytes_before);

}  // namespace bidui::workspace
