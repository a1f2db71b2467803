// bidui-serve-load: look-ups at a steady rate against a service over plain HTTP, and how long each
// took, counted from the instant at which it was due (so that a slow answer does not make the load
// lighter). One line of JSON on standard output.
#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <boost/program_options.hpp>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
namespace po = boost::program_options;
using Clock = std::chrono::steady_clock;
using asio::ip::tcp;

namespace {

class Client {
 public:
  explicit Client(std::uint16_t port) {
    stream_.connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), port));
    stream_.socket().set_option(tcp::no_delay(true));
  }
  http::response<http::string_body> post(const std::string& path, const std::string& token,
                                         const std::string& body) {
    http::request<http::string_body> request(http::verb::post, path, 11);
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::content_type, "application/json");
    if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
    request.body() = body;
    request.prepare_payload();
    http::write(stream_, request);
    http::response<http::string_body> response;
    http::read(stream_, buffer_, response);
    return response;
  }

 private:
  asio::io_context context_;
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
};

std::string sign_in(std::uint16_t port, const std::string& account, const std::string& password) {
  Client client(port);
  const auto response =
      client.post("/api/v1/sessions", "",
                  json::serialize(json::object{{"account", account}, {"password", password}}));
  if (response.result_int() != 201) throw std::runtime_error("cannot sign in: " + response.body());
  const std::string cookie(response[http::field::set_cookie]);
  const std::size_t begin = cookie.find('=') + 1;
  return cookie.substr(begin, cookie.find(';') - begin);
}

double quantile(const std::vector<double>& sorted, double q) {
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(q * static_cast<double>(sorted.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  po::options_description options;
  std::uint16_t port = 0;
  std::string account;
  std::string queries_file;
  double rate = 0;
  std::size_t count = 0;
  std::size_t connections = 0;
  options.add_options()("port", po::value(&port)->required())(
      "account", po::value(&account)->required())("queries", po::value(&queries_file)->required())(
      "rate", po::value(&rate)->default_value(500), "requests a second")(
      "count", po::value(&count)->default_value(5000))("connections",
                                                       po::value(&connections)->default_value(8));
  po::variables_map values;
  try {
    po::store(po::parse_command_line(argc, argv, options), values);
    po::notify(values);
  } catch (const po::error& error) {
    std::cerr << error.what() << "\nbidui-serve-load: the password is read from standard input\n"
              << options;
    return 2;
  }
  std::string password;
  std::getline(std::cin, password);
  std::vector<std::string> queries;
  std::ifstream file(queries_file);
  for (std::string line; std::getline(file, line);) queries.push_back(line);
  if (queries.empty()) return 2;
  std::string token;
  try {
    token = sign_in(port, account, password);
  } catch (const std::exception& error) {
    std::cerr << "bidui-serve-load: " << error.what() << "\n";
    return 3;
  }
  std::vector<double> times(count);
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> failed{0};
  std::atomic<std::size_t> bytes{0};
  const auto begin = Clock::now() + std::chrono::milliseconds(100);
  std::vector<std::thread> workers;
  for (std::size_t c = 0; c < connections; ++c) {
    workers.emplace_back([&] {
      Client client(port);
      for (std::size_t i = next++; i < count; i = next++) {
        const auto due = begin + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(static_cast<double>(i) / rate));
        std::this_thread::sleep_until(due);
        const auto response = client.post("/api/v1/lookups", token, queries[i % queries.size()]);
        times[i] = std::chrono::duration<double, std::milli>(Clock::now() - due).count();
        bytes += response.body().size();
        if (response.result_int() != 200) ++failed;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::vector<double> sorted = times;
  std::ranges::sort(sorted);
  fmt::print(
      "{{\"requests\":{},\"failed\":{},\"rate\":{:.1f},\"mean_bytes\":{},\"p50_ms\":{:.3f},"
      "\"p90_ms\":{:.3f},\"p99_ms\":{:.3f},\"p999_ms\":{:.3f},\"max_ms\":{:.3f}}}\n",
      count, failed.load(), static_cast<double>(count) / seconds, bytes.load() / count,
      quantile(sorted, .5), quantile(sorted, .9), quantile(sorted, .99), quantile(sorted, .999),
      sorted.back());
  return failed == 0 ? 0 : 1;
}
