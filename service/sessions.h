// Who is signed in: in memory only, so that a restart signs everybody out. Tokens are kept as
// SHA-256 only. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "service/accounts.h"

namespace bidui::service {

using Instant = std::chrono::steady_clock::time_point;

struct Session {
  Account account{};  // as it was at sign-in; a change of the account ends the session
  std::string csrf{};
  Instant ends{};  // whatever is done
};

class Sessions {
 public:
  static constexpr std::chrono::minutes kIdle{30};
  static constexpr std::chrono::hours kLongest{12};
  static constexpr std::size_t kMostOfAccount = 16;  // the oldest ends

  // The token of a new session: 32 random bytes in hexadecimal digits.
  std::string begin(Account account, Instant now);
  // nullptr where there is none, or it ended.
  std::shared_ptr<const Session> find(std::string_view token, Instant now);
  void end(std::string_view token);
  // All of an account, but that of `except`.
  void end_all_of(std::string_view account, std::string_view except = {});
  // Those whose account is not among these as it was at sign-in.
  void end_all_but(std::span<const Account> accounts);
  std::size_t count() const;

 private:
  struct Kept {
    std::shared_ptr<const Session> session;
    Instant used;
  };
  void drop_ended(Instant now);  // REQUIRES: mutex_ held

  mutable std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;  // by the token's hash
};

}  // namespace bidui::service
