#include "service/sessions.h"

#include <algorithm>
#include <array>
#include <openssl/sha.h>

#include "service/password.h"

namespace bidui::service {
namespace {

std::string hash_of(std::string_view token) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), hash.data());
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

std::string Sessions::begin(Account account, Instant now) {
  constexpr std::size_t kTokenBytes = 32;
  std::string token = random_token(kTokenBytes);
  auto session = std::make_shared<const Session>(
      Session{.account = std::move(account), .csrf = random_token(16), .ends = now + kLongest});
  const std::lock_guard lock(mutex_);
  drop_ended(now);
  std::size_t own = 0;
  auto oldest = kept_.end();
  for (auto at = kept_.begin(); at != kept_.end(); ++at) {
    if (at->second.session->account.account != session->account.account) continue;
    ++own;
    if (oldest == kept_.end() || at->second.used < oldest->second.used) oldest = at;
  }
  if (own >= kMostOfAccount) kept_.erase(oldest);
  kept_[hash_of(token)] = {std::move(session), now};
  return token;
}

std::shared_ptr<const Session> Sessions::find(std::string_view token, Instant now) {
  if (token.empty()) return nullptr;
  const std::string hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  const auto at = kept_.find(hash);
  if (at == kept_.end()) return nullptr;
  if (at->second.session->ends <= now || at->second.used + kIdle <= now) {
    kept_.erase(at);
    return nullptr;
  }
  at->second.used = now;
  return at->second.session;
}

void Sessions::end(std::string_view token) {
  const std::string hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  kept_.erase(hash);
}

void Sessions::end_all_of(std::string_view account, std::string_view except) {
  const std::string kept = except.empty() ? std::string() : hash_of(except);
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& entry) {
    return entry.second.session->account.account == account && entry.first != kept;
  });
}

void Sessions::end_all_but(std::span<const Account> accounts) {
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& entry) {
    return std::ranges::find(accounts, entry.second.session->account) == accounts.end();
  });
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

void Sessions::drop_ended(Instant now) {
  std::erase_if(kept_, [&](const auto& entry) {
    return entry.second.session->ends <= now || entry.second.used + kIdle <= now;
  });
}

}  // namespace bidui::service
