// A request and an answer, without a word of the library that carries them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bidui::service {

struct Request {
  std::string method{};                                     // "GET", as sent
  std::string path{};                                       // percent-decoded, without the query
  std::map<std::string, std::string, std::less<>> query{};  // decoded; of a repeated name the last
  std::map<std::string, std::string, std::less<>> headers{};  // names in small letters
  std::string body{};
  std::string peer{};   // address of the client, without its port
  bool secure = false;  // over TLS

  // "" where there is none.
  std::string_view header(std::string_view name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string_view{} : std::string_view(at->second);
  }
  std::string_view parameter(std::string_view name) const {
    const auto at = query.find(name);
    return at == query.end() ? std::string_view{} : std::string_view(at->second);
  }
  // The value of a cookie, "" where there is none.
  std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string type = "application/json";  // "" of an answer without a body
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};
  // Where it is set, the body is what it writes, piece by piece: it is called with what sends a
  // piece, which gives false once the client is gone or the server ends.
  std::function<void(const std::function<bool(std::string_view)>& send)> stream{};
};

using Handler = std::function<Response(const Request&)>;

// "a=1&b=%E7%8E%8B" taken apart; nullopt where a % is not followed by two hexadecimal digits.
std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view text);
// Percent-decoded; '+' stays what it is. nullopt as above.
std::optional<std::string> decode_percent(std::string_view text);

}  // namespace bidui::service
