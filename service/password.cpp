#include "service/password.h"

#include <algorithm>
#include <argon2.h>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <mutex>
#include <openssl/rand.h>
#include <stdexcept>
#include <vector>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

// The least that OWASP's password storage cheat sheet names for Argon2id.
constexpr std::uint32_t kRounds = 2;
constexpr std::uint32_t kMemoryKib = 19 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kHashBytes = 32;

// Two at a time: who guesses passwords does not fill the memory.
class AtOnce {
 public:
  AtOnce() : lock_(mutexes_[next_++ % mutexes_.size()]) {}

 private:
  static inline std::array<std::mutex, 2> mutexes_;
  static inline std::atomic<std::size_t> next_{0};
  std::lock_guard<std::mutex> lock_;
};

void random_bytes(unsigned char* bytes, std::size_t count) {
  if (RAND_bytes(bytes, static_cast<int>(count)) != 1)
    throw std::runtime_error("the system's random source failed");
}

}  // namespace

Status check_password(std::string_view account, std::string_view password) {
  const bool same = std::ranges::all_of(password, [&](char c) { return c == password.front(); });
  const bool holds_name = !account.empty() && password.find(account) != std::string_view::npos;
  if (password.size() >= kShortestPassword && !same && !holds_name) return {};
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "密码至少 12 个字符，不能含账号名，也不能是同一个字符",
                         "a password has at least 12 characters, does not hold the account's name "
                         "and is not one character repeated");
}

Result<std::string> hash_password(std::string_view password) {
  const AtOnce at_once;
  std::array<unsigned char, 16> salt{};
  random_bytes(salt.data(), salt.size());
  std::vector<char> text(
      argon2_encodedlen(kRounds, kMemoryKib, kLanes, salt.size(), kHashBytes, Argon2_id));
  const int failure =
      argon2id_hash_encoded(kRounds, kMemoryKib, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kHashBytes, text.data(), text.size());
  if (failure != ARGON2_OK)
    return make_error(ErrorCode::kInternal, argon2_error_message(failure), "argon2");
  return std::string(text.data());
}

bool fits_password(std::string_view password, const std::string& hash) {
  const AtOnce at_once;
  return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void spend_password_time(std::string_view password) {
  static const std::string kNobodys = hash_password(random_token(16)).value();
  fits_password(password, kNobodys);
}

std::string random_token(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  random_bytes(random.data(), random.size());
  return fmt::format("{:02x}", fmt::join(random, ""));
}

}  // namespace bidui::service
