// The key file of a store: kept elsewhere than the store, which tells nothing without it.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

#include "matcher/base/result.h"

namespace bidui::store {

using IndexSecret = std::array<std::byte, 16>;

struct StoreKey {
  std::array<std::byte, 32> encryption{};  // AES-256
  IndexSecret index_secret{};              // for the caller's keyed hashes
};

// `DIR.key` beside the directory, absolute.
std::filesystem::path default_key_file(const std::filesystem::path& directory);

// Draws a new key and writes it with mode 0600. kConflict where the file exists.
Result<StoreKey> create_key_file(const std::filesystem::path& path);

// kNotFound where there is no such file, kBadInput where it is not a key file or is damaged.
Result<StoreKey> read_key_file(const std::filesystem::path& path);

}  // namespace bidui::store
