// A batch of writes as SST files, to be ingested instead of written.
#pragma once

#include <filesystem>
#include <rocksdb/write_batch.h>
#include <vector>

#include "store/database.h"

namespace bidui::store {

// Files in a new directory, one for each family of the batch. Ingested they do what the batch does:
// puts and deletes of single keys, the last of each key. Errors: kIo.
Result<std::vector<IngestFiles>> write_batch_files(const Database& database,
                                                   const rocksdb::WriteBatch& batch,
                                                   const std::filesystem::path& directory);

}  // namespace bidui::store
