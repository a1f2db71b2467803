// The encrypting environment below RocksDB: AES-256-CTR, a random IV for each file in a prefix of
// 4096 bytes. Confidentiality, not integrity: that is what RocksDB's checksums inside are for.
#pragma once

#include <memory>
#include <rocksdb/env.h>

#include "store/key_file.h"

namespace bidui::store {

// Every file made through it is encrypted; reading a file that is not fails with Corruption.
// Differs from RocksDB's own wrapper in two points: a file cut off inside its prefix (a crash right
// after its creation) counts as empty, and a file is not reopened for writing, which RocksDB takes
// as "need not be synced again": its wrapper would write a second prefix into an ingested file.
std::unique_ptr<rocksdb::Env> make_encrypting_env(const StoreKey& key);

}  // namespace bidui::store
