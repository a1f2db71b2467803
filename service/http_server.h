// The HTTP server: plain or TLS, blocking, a bounded number of connections, each on a thread of its
// own. http_server.cpp is the one source that sees Boost.Beast.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "matcher/base/result.h"
#include "service/http_message.h"

namespace bidui::service {

struct ServerLimits {
  std::size_t connections = 128;  // one more is answered 503 and closed
  std::size_t body_bytes = std::size_t{1} << 20;
  std::size_t header_bytes = 16 << 10;
  std::chrono::milliseconds idle{30'000};     // between two requests of a connection
  std::chrono::milliseconds request{15'000};  // from a request's first byte to its last
  std::chrono::milliseconds answer{30'000};   // until a piece of the answer is taken
};

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;               // 0: one that is free
  std::filesystem::path certificate{};  // PEM, with its chain; empty: plain HTTP
  std::filesystem::path private_key{};
  ServerLimits limits{};
};

class HttpServer {
 public:
  // Listens, and answers on threads of its own until it is destroyed. `handler` is called by many
  // threads at once; what it throws becomes a 500. kInvalidArgument for a host that is no address,
  // kConflict for a port that is taken, kBadInput for a certificate that cannot be used.
  static Result<HttpServer> start(const ServerOptions& options, Handler handler);

  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  // As stop().
  ~HttpServer();

  std::uint16_t port() const;
  // Takes no more connections, lets requests that are being answered end for `grace`, then breaks
  // them off.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(5));
  // Connections now.
  std::size_t connections() const;

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bidui::service
