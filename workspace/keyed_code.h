// Short keyed hashes that people carry about: who does not have the workspace's key cannot make
// one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/key_file.h"

namespace bidui::workspace {

// HMAC-SHA-256 under a key derived from the secret for `purpose` alone; so many hexadecimal digits
// of it, in capitals. REQUIRES: digits <= 64.
std::string keyed_code(const store::IndexSecret& secret, std::string_view purpose,
                       std::string_view text, std::size_t digits);

}  // namespace bidui::workspace
