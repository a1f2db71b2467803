// The file STORE of a store's directory: that this is a store, of which format, and under which
// key. The only unencrypted file; it holds nothing but a salted proof of the key.
#pragma once

#include <cstdint>
#include <filesystem>

#include "matcher/base/result.h"
#include "store/key_file.h"

namespace bidui::store {

// Of the whole directory (docs/format/store.md). A store of another version is not opened.
constexpr std::uint32_t kFormatVersion = 1;

// Written last of all when a store is created: a directory without it is no store.
Status write_store_file(const std::filesystem::path& directory, const StoreKey& key);

// Of a directory without one.
Error no_store_error(const std::filesystem::path& directory);

// kNotFound: no store here. kBadInput: another format version, or a key that is not this store's.
Status check_store_file(const std::filesystem::path& directory, const StoreKey& key);

}  // namespace bidui::store
