// What changes were answered, by account and idempotency key, so that a request that is sent again
// is not done again, after a restart neither. The newest 10,000; the store keeps them in as many
// places, written over in turn. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "service/http_message.h"
#include "store/store.h"

namespace bidui::service {

class KeptAnswers {
 public:
  static constexpr std::size_t kMost = 10'000;

  struct Kept {
    std::uint64_t number = 0;   // they are counted from 0
    std::string name{};         // account and key
    std::string fingerprint{};  // of the request that was answered
    Response response{};
  };

  // Those that the store keeps. kCorrupt where one is not readable.
  Status load(const store::Store& store);
  // nullptr where there is none.
  const Kept* find(std::string_view name) const;
  // Keeps it; returns what the store has to keep of it.
  store::NamedBytes keep(std::string name, std::string fingerprint, const Response& response);

 private:
  std::vector<Kept> places_;  // up to kMost; number modulo kMost is the place
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::uint64_t next_ = 0;
  void put(Kept kept);
};

// SHA-256 of what is asked, in hexadecimal digits: two requests that differ have two.
std::string request_fingerprint(std::string_view operation, const Request& request);

}  // namespace bidui::service
