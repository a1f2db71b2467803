// How often a password may be tried, so that it cannot be guessed and nobody can lock another out:
// failures count against the account as tried from one address, and against the address; an
// account that is tried from many addresses still opens to those from which it was opened before.
// Thread-safe.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "service/sessions.h"

namespace bidui::service {

class SignInGuard {
 public:
  static constexpr std::size_t kOfPair = 5;      // failures of an account from an address
  static constexpr std::size_t kOfAddress = 30;  // failures from an address, of all accounts
  static constexpr std::size_t kOfAccount = 50;  // of an account from all: strangers must wait
  static constexpr std::chrono::minutes kWindow{15};

  // How long to wait before the next try; nothing: now.
  std::optional<std::chrono::seconds> must_wait(std::string_view account, std::string_view address,
                                                Instant now);
  void failed(std::string_view account, std::string_view address, Instant now);
  void succeeded(std::string_view account, std::string_view address);
  // Whether strangers must wait for it now.
  bool is_locked(std::string_view account, Instant now);

 private:
  using Failures = std::deque<Instant>;
  std::optional<std::chrono::seconds> wait_of(const std::string& what, std::size_t most,
                                              Instant now);
  void drop_old(Instant now);

  std::mutex mutex_;
  std::map<std::string, Failures> failures_;  // "p ACCOUNT ADDRESS", "a ADDRESS", "u ACCOUNT"
  std::set<std::pair<std::string, std::string>> opened_;  // account, address
};

}  // namespace bidui::service
