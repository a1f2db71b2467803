// The real server over real sockets.
#include "service/http_server.h"

#include <arpa/inet.h>
#include <atomic>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace bidui::service {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Socket {
 public:
  explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { ::close(fd_); }
  bool connected() const { return connected_; }
  void send(std::string_view bytes) const { ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  // Until the server closes, or `enough` is there.
  std::string receive(std::string_view enough = "\x01") const {
    std::string all;
    char buffer[4096];
    ssize_t count = 0;
    while (all.find(enough) == std::string::npos &&
           (count = ::recv(fd_, buffer, sizeof buffer, 0)) > 0)
      all.append(buffer, static_cast<std::size_t>(count));
    return all;
  }

 private:
  int fd_;
  bool connected_ = false;
};

class HttpServerTest : public testing::Test {
 protected:
  HttpServer start(ServerLimits limits = {}) {
    return HttpServer::start({.limits = limits},
                             [this](const Request& request) { return answer(request); })
        .value();
  }
  Response answer(const Request& request) {
    ++requests_;
    if (request.path == "/throw") throw std::runtime_error("a secret");
    if (request.path == "/stream") {
      Response response{.type = "text/plain"};
      response.stream = [](const auto& send) {
        send("one");
        send("two");
      };
      return response;
    }
    return {.type = "text/plain", .body = request.method + " " + request.path + " " + request.body};
  }
  std::string talk(const HttpServer& server, std::string_view bytes) {
    const Socket socket(server.port());
    socket.send(bytes);
    return socket.receive();
  }
  std::atomic<int> requests_{0};
};

TEST_F(HttpServerTest, AnswersSeveralRequestsOfOneConnection) {
  const HttpServer server = start();
  const std::string all =
      talk(server,
           "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
           "POST /%E7%8E%8B?x=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
           "HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(all, HasSubstr("GET /a "));
  EXPECT_THAT(all, HasSubstr("POST /王 abc"));
  EXPECT_THAT(all, HasSubstr("Content-Length: 7\r\n\r\n"));
  EXPECT_EQ(requests_, 3);
}

TEST_F(HttpServerTest, StreamsInPieces) {
  const HttpServer server = start();
  const std::string all = talk(server, "GET /stream HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(all, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(all, HasSubstr("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));
}

TEST_F(HttpServerTest, WhatIsNoRequestIsRefused) {
  const HttpServer server = start({.body_bytes = 100, .header_bytes = 500});
  const std::string header = "GET / HTTP/1.1\r\nx: " + std::string(1000, 'x') + "\r\n\r\n";
  EXPECT_THAT(talk(server, "nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(talk(server, "GET /%zz HTTP/1.1\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(talk(server, header), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(talk(server, "POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(talk(server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n96\r\n" +
                               std::string(150, 'x') + "\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_EQ(requests_, 0);
}

TEST_F(HttpServerTest, WhoIsSlowIsNotWaitedFor) {
  const HttpServer server =
      start({.idle = std::chrono::milliseconds(50), .request = std::chrono::milliseconds(50)});
  EXPECT_THAT(talk(server, "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"),
              StartsWith("HTTP/1.1 408"));
  EXPECT_EQ(talk(server, ""), "");  // idle: closed without a word
  EXPECT_EQ(requests_, 0);
}

TEST_F(HttpServerTest, OneTooManyIsToldSoAndTheOthersStay) {
  const HttpServer server = start({.connections = 2});
  const Socket first(server.port());
  const Socket second(server.port());
  first.send("GET /a HTTP/1.1\r\n\r\n");
  EXPECT_THAT(first.receive("/a"), HasSubstr("/a"));
  second.send("GET /b HTTP/1.1\r\n\r\n");
  EXPECT_THAT(second.receive("/b"), HasSubstr("/b"));
  EXPECT_THAT(Socket(server.port()).receive(), StartsWith("HTTP/1.1 503"));
  first.send("GET /c HTTP/1.1\r\n\r\n");
  EXPECT_THAT(first.receive("/c"), HasSubstr("/c"));
}

TEST_F(HttpServerTest, WhatAHandlerThrowsIsNotTold) {
  const HttpServer server = start();
  const std::string all = talk(server, "GET /throw HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(all, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(all, testing::Not(HasSubstr("secret")));
}

TEST_F(HttpServerTest, StopsAlthoughAConnectionIsOpen) {
  HttpServer server = start();
  const Socket idle(server.port());
  idle.send("GET /a HTTP/1.1\r\n\r\n");
  idle.receive("/a");
  server.stop(std::chrono::milliseconds(100));
  EXPECT_EQ(idle.receive(), "");
  EXPECT_FALSE(Socket(server.port()).connected());
}

TEST_F(HttpServerTest, APortThatIsTakenAndAHostThatIsNoneAreErrors) {
  const HttpServer server = start();
  const auto handler = [](const Request&) { return Response{}; };
  const auto taken = HttpServer::start({.port = server.port()}, handler);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::kConflict);
  EXPECT_EQ(HttpServer::start({.host = "nowhere"}, handler).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(HttpServer::start({.certificate = "/nowhere/c.pem"}, handler).error().code,
            ErrorCode::kBadInput);
}

}  // namespace
}  // namespace bidui::service
