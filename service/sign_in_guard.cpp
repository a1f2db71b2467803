#include "service/sign_in_guard.h"

#include <algorithm>

namespace bidui::service {
namespace {

std::string pair_of(std::string_view account, std::string_view address) {
  return "p " + std::string(account) + " " + std::string(address);
}
std::string of_address(std::string_view address) { return "a " + std::string(address); }
std::string of_account(std::string_view account) { return "u " + std::string(account); }

}  // namespace

std::optional<std::chrono::seconds> SignInGuard::wait_of(const std::string& what, std::size_t most,
                                                         Instant now) {
  const auto at = failures_.find(what);
  if (at == failures_.end() || at->second.size() < most) return std::nullopt;
  const Instant again = at->second[at->second.size() - most] + kWindow;
  if (again <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(again - now);
}

std::optional<std::chrono::seconds> SignInGuard::must_wait(std::string_view account,
                                                           std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  if (const auto wait = wait_of(pair_of(account, address), kOfPair, now)) return wait;
  // Where it was opened before, what others do does not count.
  if (opened_.contains({std::string(account), std::string(address)})) return std::nullopt;
  const auto address_wait = wait_of(of_address(address), kOfAddress, now);
  const auto account_wait = wait_of(of_account(account), kOfAccount, now);
  return address_wait && account_wait ? std::max(address_wait, account_wait)
         : address_wait               ? address_wait
                                      : account_wait;
}

void SignInGuard::failed(std::string_view account, std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  constexpr std::size_t kMostKept = 100'000;
  if (failures_.size() > kMostKept) drop_old(now);
  for (const std::string& what :
       {pair_of(account, address), of_address(address), of_account(account)}) {
    Failures& failures = failures_[what];
    failures.push_back(now);
    if (failures.size() > kOfAccount) failures.pop_front();
  }
}

void SignInGuard::succeeded(std::string_view account, std::string_view address) {
  const std::lock_guard lock(mutex_);
  failures_.erase(pair_of(account, address));
  opened_.insert({std::string(account), std::string(address)});
}

bool SignInGuard::is_locked(std::string_view account, Instant now) {
  const std::lock_guard lock(mutex_);
  return wait_of(of_account(account), kOfAccount, now).has_value();
}

void SignInGuard::drop_old(Instant now) {
  std::erase_if(failures_, [&](const auto& entry) { return entry.second.back() + kWindow <= now; });
}

}  // namespace bidui::service
