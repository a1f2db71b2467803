#include "service/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <ctime>
#include <list>
#include <mutex>
#include <poll.h>
#include <thread>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;
using asio::ip::tcp;
using boost::system::error_code;

// A socket whose blocking calls end at a time that is set: a SyncStream for Beast and for TLS.
class TimedSocket {
 public:
  using lowest_layer_type = tcp::socket;
  using executor_type = tcp::socket::executor_type;

  explicit TimedSocket(tcp::socket socket) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  void ends_after(std::chrono::milliseconds time) { end_ = Clock::now() + time; }
  tcp::socket& lowest_layer() { return socket_; }
  executor_type get_executor() { return socket_.get_executor(); }

  template <typename Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& failure) {
    return repeat(POLLIN, failure, [&] { return socket_.read_some(buffers, failure); });
  }
  template <typename Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& failure) {
    return repeat(POLLOUT, failure, [&] { return socket_.write_some(buffers, failure); });
  }
  // Beast's concepts ask for these, too; nothing here calls them.
  template <typename Buffers>
  std::size_t read_some(const Buffers& buffers) {
    error_code failure;
    const std::size_t count = read_some(buffers, failure);
    if (failure) throw boost::system::system_error(failure);
    return count;
  }
  template <typename Buffers>
  std::size_t write_some(const Buffers& buffers) {
    error_code failure;
    const std::size_t count = write_some(buffers, failure);
    if (failure) throw boost::system::system_error(failure);
    return count;
  }

 private:
  template <typename Action>
  std::size_t repeat(short event, error_code& failure, const Action& action) {
    while (true) {
      const std::size_t count = action();
      if (failure != asio::error::would_block) return count;
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now()).count();
      pollfd wait{.fd = socket_.native_handle(), .events = event, .revents = 0};
      if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) {
        failure = asio::error::timed_out;
        return 0;
      }
    }
  }

  tcp::socket socket_;
  Clock::time_point end_ = Clock::now();
};

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> text{};
  return {text.data(),
          std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::optional<Request> make_request(http::request<http::string_body>& message, std::string peer,
                                    bool secure) {
  Request request{.method = std::string(message.method_string()),
                  .body = std::move(message.body()),
                  .peer = std::move(peer),
                  .secure = secure};
  const std::string_view target(message.target().data(), message.target().size());
  const std::size_t mark = std::min(target.find('?'), target.size());
  auto path = decode_percent(target.substr(0, mark));
  auto query = parse_query(target.substr(std::min(mark + 1, target.size())));
  if (!path || !query || path->find('\0') != std::string::npos) return std::nullopt;
  request.path = std::move(*path);
  request.query = std::move(*query);
  for (const auto& field : message) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    request.headers[name] = std::string(field.value());
  }
  return request;
}

// What is answered before a handler is asked.
Response plain_problem(int status, std::string_view title) {
  return {.status = status,
          .type = "application/problem+json",
          .body = R"({"type":"about:blank","title":")" + std::string(title) + R"(","status":)" +
                  std::to_string(status) + R"(,"detail":")" + std::string(title) +
                  R"(","code":"bad_request"})"};
}

// One client, from accept to close, on a thread of its own.
class Connection {
 public:
  Connection(tcp::socket socket, const ServerOptions& options, asio::ssl::context* tls,
             const Handler& handler, const std::atomic<bool>& stopping)
      : options_(options),
        handler_(handler),
        stopping_(stopping),
        secure_(tls != nullptr),
        fd_(socket.native_handle()) {
    error_code ignored;
    peer_ = socket.remote_endpoint(ignored).address().to_string();
    if (secure_) {
      encrypted_.emplace(TimedSocket(std::move(socket)), *tls);
    } else {
      plain_.emplace(std::move(socket));
    }
  }

  void run() {
    if (secure_) {
      error_code failure;
      timed().ends_after(options_.limits.request);
      encrypted_->handshake(asio::ssl::stream_base::server, failure);
      if (!failure) converse(*encrypted_);
      timed().ends_after(std::chrono::milliseconds(500));
      if (!failure) encrypted_->shutdown(failure);
    } else {
      converse(*plain_);
    }
    error_code ignored;
    timed().lowest_layer().shutdown(tcp::socket::shutdown_both, ignored);
  }

  bool answering() const { return answering_; }
  // From another thread: whatever it waits for fails now.
  void break_off() const { ::shutdown(fd_, SHUT_RDWR); }

 private:
  TimedSocket& timed() { return secure_ ? encrypted_->next_layer() : *plain_; }

  template <typename Stream>
  void converse(Stream& stream) {
    while (!stopping_) {
      http::request_parser<http::string_body> parser;
      parser.header_limit(static_cast<std::uint32_t>(options_.limits.header_bytes));
      parser.body_limit(options_.limits.body_bytes);
      error_code failure;
      timed().ends_after(options_.limits.idle);
      if (buffer_.size() == 0) {
        buffer_.commit(stream.read_some(buffer_.prepare(4096), failure));
        if (failure) return;  // gone, or idle for too long
      }
      answering_ = true;
      timed().ends_after(options_.limits.request);
      http::read_header(stream, buffer_, parser, failure);
      if (!failure && beast::iequals(parser.get()[http::field::expect], "100-continue"))
        asio::write(stream, asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")),
                    failure);
      if (!failure) http::read(stream, buffer_, parser, failure);
      if (failure) {
        refuse(stream, failure);
        return;
      }
      const bool keep = parser.get().keep_alive();
      const bool head = parser.get().method() == http::verb::head;
      http::request<http::string_body> message = parser.release();
      if (head) message.method(http::verb::get);
      if (!answer(stream, message, keep, head)) return;
      answering_ = false;
    }
  }

  template <typename Stream>
  bool answer(Stream& stream, http::request<http::string_body>& message, bool keep, bool head) {
    auto request = make_request(message, peer_, secure_);
    Response response;
    if (!request) {
      response = plain_problem(400, "the address is not written correctly");
    } else {
      try {
        response = handler_(*request);
      } catch (const std::exception&) {
        response = plain_problem(500, "internal error");
      }
    }
    return send(stream, response, keep && !stopping_, head);
  }

  template <typename Stream>
  void refuse(Stream& stream, const error_code& failure) {
    if (failure == http::error::end_of_stream || failure == asio::error::eof) return;
    const bool slow = failure == asio::error::timed_out;
    const bool body = failure == http::error::body_limit;
    const bool header =
        failure == http::error::header_limit || failure == http::error::buffer_overflow;
    send(stream,
         body     ? plain_problem(413, "the request is too large")
         : header ? plain_problem(431, "the request's header is too large")
         : slow   ? plain_problem(408, "the request came too slowly")
                  : plain_problem(400, "this is no HTTP request"),
         false, false);
    // What is still coming is taken for a moment: else the client sees a broken connection, not
    // the answer.
    if (!body) return;
    timed().ends_after(std::chrono::milliseconds(500));
    std::array<char, 16384> rest{};
    error_code end;
    for (std::size_t taken = 0; !end && taken < (std::size_t{64} << 20);)
      taken += stream.read_some(asio::buffer(rest), end);
  }

  template <typename Stream>
  bool send(Stream& stream, const Response& response, bool keep, bool head) {
    http::response<http::string_body> message(static_cast<http::status>(response.status), 11);
    message.set(http::field::date, http_date());
    if (!response.type.empty()) message.set(http::field::content_type, response.type);
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.keep_alive(keep);
    timed().ends_after(options_.limits.answer);
    error_code failure;
    if (response.stream && !head) {
      message.chunked(true);
      http::response_serializer<http::string_body> serializer(message);
      http::write_header(stream, serializer, failure);
      if (failure) return false;
      response.stream([&](std::string_view piece) {
        if (failure || stopping_) return false;
        timed().ends_after(options_.limits.answer);
        if (!piece.empty())
          asio::write(stream, http::make_chunk(asio::buffer(piece.data(), piece.size())), failure);
        return !failure;
      });
      if (!failure) asio::write(stream, http::make_chunk_last(), failure);
      return !failure && keep;
    }
    const bool bodyless = response.status == 204 || response.status == 304;
    if (head) {
      message.content_length(response.body.size());
      http::response_serializer<http::string_body> serializer(message);
      http::write_header(stream, serializer, failure);
      return !failure && keep;
    }
    if (!bodyless) {
      message.body() = response.body;
      message.prepare_payload();
    }
    http::write(stream, message, failure);
    return !failure && keep;
  }

  const ServerOptions& options_;
  const Handler& handler_;
  const std::atomic<bool>& stopping_;
  const bool secure_;
  const int fd_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<TimedSocket> plain_;
  std::optional<asio::ssl::stream<TimedSocket>> encrypted_;
  std::atomic<bool> answering_{false};
};

Error listen_error(const ServerOptions& options, const error_code& failure) {
  const std::string where = options.host + ":" + std::to_string(options.port);
  if (failure == asio::error::address_in_use)
    return bilingual_error(ErrorCode::kConflict, "这个端口已被占用，请用 --listen 另选一个",
                           "this port is taken; choose another by --listen", where);
  return bilingual_error(ErrorCode::kIo, "无法监听：" + failure.message(),
                         "cannot listen: " + failure.message(), where);
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(ServerOptions options, Handler handler)
      : options_(std::move(options)), handler_(std::move(handler)), acceptor_(context_) {}

  Status open() {
    error_code failure;
    const auto address = asio::ip::make_address(options_.host, failure);
    if (failure)
      return bilingual_error(ErrorCode::kInvalidArgument,
                             "监听地址须是 IP 地址，例如 127.0.0.1 或 0.0.0.0",
                             "the address to listen on is an IP address such as 127.0.0.1 or "
                             "0.0.0.0",
                             options_.host);
    if (!options_.certificate.empty()) {
      if (Status status = read_certificate(); !status) return status;
    }
    const tcp::endpoint endpoint(address, options_.port);
    if (acceptor_.open(endpoint.protocol(), failure); failure)
      return listen_error(options_, failure);
    acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
    if (acceptor_.bind(endpoint, failure); failure) return listen_error(options_, failure);
    if (acceptor_.listen(128, failure); failure) return listen_error(options_, failure);
    port_ = acceptor_.local_endpoint(failure).port();
    accepting_ = std::thread([this] { accept(); });
    return {};
  }

  void stop(std::chrono::milliseconds grace) {
    if (stopping_.exchange(true)) return;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);  // accept() returns
    if (accepting_.joinable()) accepting_.join();
    std::unique_lock lock(mutex_);
    for (const Running& one : running_) {
      if (!one.connection->answering()) one.connection->break_off();
    }
    ended_.wait_for(lock, grace, [&] { return running_.empty(); });
    for (const Running& one : running_) one.connection->break_off();
    ended_.wait(lock, [&] { return running_.empty(); });
    join_ended(lock);
  }

  std::uint16_t port() const { return port_; }
  std::size_t connections() const {
    const std::lock_guard lock(mutex_);
    return running_.size();
  }

 private:
  struct Running {
    std::unique_ptr<Connection> connection;
    std::thread thread{};
  };

  Status read_certificate() {
    error_code failure;
    tls_.emplace(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls_->native_handle(), SSL_OP_NO_RENEGOTIATION);
    tls_->use_certificate_chain_file(options_.certificate.string(), failure);
    if (!failure)
      tls_->use_private_key_file(options_.private_key.string(), asio::ssl::context::pem, failure);
    if (!failure) return {};
    return bilingual_error(
        ErrorCode::kBadInput, "证书或私钥无法使用（须为 PEM）：" + failure.message(),
        "certificate or private key cannot be used (PEM is needed): " + failure.message(),
        options_.certificate.string());
  }

  void accept() {
    while (!stopping_) {
      error_code failure;
      tcp::socket socket(context_);
      acceptor_.accept(socket, failure);
      if (stopping_) return;
      if (failure) {  // out of descriptors, or the client is gone already
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
      }
      std::unique_lock lock(mutex_);
      join_ended(lock);
      if (running_.size() >= options_.limits.connections) {
        lock.unlock();
        error_code ignored;
        constexpr std::string_view kFull =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
            "Content-Length: 0\r\n\r\n";
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(kFull), ignored);
        continue;
      }
      const auto at = running_.insert(
          running_.end(),
          Running{std::make_unique<Connection>(std::move(socket), options_, tls_ ? &*tls_ : nullptr,
                                               handler_, stopping_)});
      at->thread = std::thread([this, at] {
        try {
          at->connection->run();
        } catch (const std::exception&) {  // out of memory: this client only
        }
        const std::lock_guard own(mutex_);
        ended_threads_.push_back(std::move(at->thread));
        running_.erase(at);
        ended_.notify_all();
      });
    }
  }

  // REQUIRES: `lock` held.
  void join_ended(std::unique_lock<std::mutex>& lock) {
    std::vector<std::thread> ended = std::move(ended_threads_);
    ended_threads_.clear();
    lock.unlock();
    for (std::thread& thread : ended) thread.join();
    lock.lock();
  }

  const ServerOptions options_;
  const Handler handler_;
  asio::io_context context_;
  std::optional<asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread accepting_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable ended_;
  std::list<Running> running_;
  std::vector<std::thread> ended_threads_;
};

Result<HttpServer> HttpServer::start(const ServerOptions& options, Handler handler) {
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  if (Status status = impl->open(); !status) return status.error();
  return HttpServer(std::move(impl));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() {
  if (impl_ != nullptr) impl_->stop(std::chrono::seconds(5));
}

std::uint16_t HttpServer::port() const { return impl_->port(); }
void HttpServer::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }
std::size_t HttpServer::connections() const { return impl_->connections(); }

}  // namespace bidui::service
