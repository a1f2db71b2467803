// Passwords as they are kept: Argon2id (RFC 9106) by its authors' library, never readable.
#pragma once

#include <string>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::service {

inline constexpr std::size_t kShortestPassword = 12;

// kInvalidArgument: too short, or one character repeated, or holds the account's name.
Status check_password(std::string_view account, std::string_view password);

// "$argon2id$v=19$m=19456,t=2,p=1$…", with a salt of its own. 19 MiB and about 20 ms.
Result<std::string> hash_password(std::string_view password);
// False also for a text that is no such hash.
bool fits_password(std::string_view password, const std::string& hash);
// Takes as long as fits_password(), and never fits: for accounts that do not exist.
void spend_password_time(std::string_view password);

// So many bytes of the system's random source as hexadecimal digits.
std::string random_token(std::size_t bytes);

}  // namespace bidui::service
