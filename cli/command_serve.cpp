// bidui serve: the API and the page, until it is told to end.
#include <csignal>
#include <fmt/format.h>
#include <mutex>
#include <pthread.h>
#include <thread>

#include "cli/command_socket.h"
#include "cli/list_options.h"
#include "cli/options.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "service/accounts.h"
#include "service/http_server.h"
#include "service/service.h"
#include "service/tls_certificate.h"

namespace bidui::cli {
namespace {

Result<service::ServerOptions> server_options(const po::variables_map& values,
                                              const std::filesystem::path& directory) {
  service::ServerOptions options;
  const std::string listen = values["listen"].as<std::string>();
  const std::size_t colon = listen.rfind(':');
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const bool number = !port.empty() && port.size() <= 5 &&
                      port.find_first_not_of("0123456789") == std::string::npos &&
                      std::stoul(port) <= 65535;
  if (!number)
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "--listen 写作 地址:端口，例如 127.0.0.1:8443",
                           "--listen takes ADDRESS:PORT, for example 127.0.0.1:8443", listen);
  options.host = listen.substr(0, colon);
  if (options.host.starts_with('[') && options.host.ends_with(']'))
    options.host = options.host.substr(1, options.host.size() - 2);
  options.port = static_cast<std::uint16_t>(std::stoul(port));
  const bool loopback = options.host == "127.0.0.1" || options.host == "::1";
  if (values.count("plain") != 0) {
    if (!loopback)
      return bilingual_error(ErrorCode::kInvalidArgument,
                             "--plain（不加密）只能用于本机地址 127.0.0.1",
                             "--plain (no encryption) is for 127.0.0.1 only", listen);
    return options;
  }
  const std::string certificate = values["cert"].as<std::string>();
  if (!certificate.empty()) {
    options.certificate = certificate;
    options.private_key = values["cert-key"].as<std::string>();
    return options;
  }
  const auto trial = service::trial_certificate(directory, options.host);
  BIDUI_TRY(trial);
  options.certificate = trial->certificate;
  options.private_key = trial->private_key;
  fmt::print(output(), "{}\n  SHA-256 {}\n",
             trial->made
                 ? say("已生成自签名证书，仅供试用：浏览器会警告，请核对指纹；正式使用请用 "
                       "--cert 指定单位的证书",
                       "a self-signed certificate was made, for trial: browsers warn; check "
                       "the fingerprint, and use --cert for real use")
                 : say("使用自签名的试用证书", "using the self-signed trial certificate"),
             trial->fingerprint);
  return options;
}

// Blocks the signals that end it, for all threads begun from here on.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // of a command's output that nobody reads any more
  return signals;
}

// Whether a command may wait for somebody at the keyboard, with everything it writes in one piece:
// then others need not wait for it.
bool waits_for_people(const Arguments& arguments) {
  return !arguments.empty() && (arguments[0] == "review" || arguments[0] == "user");
}

// Until nobody else writes; says that it waits.
std::unique_lock<std::timed_mutex> wait_for_turn(service::Service& service) {
  using std::chrono::milliseconds;
  auto lock = service.writing(milliseconds(500));
  if (!lock.owns_lock())
    fmt::print(
        error_output(), "{}\n",
        say("服务正在比对或写入，排队等候…", "the service is comparing or writing: waiting…"));
  while (!lock.owns_lock()) {
    check_caller();
    lock = service.writing(milliseconds(500));
  }
  return lock;
}

// A command that was handed over: between the service's own changes, which see what it did.
int run_for_caller(service::Service& service, const Arguments& arguments,
                   const std::function<int()>& run) {
  std::unique_lock<std::timed_mutex> lock;
  if (!waits_for_people(arguments)) lock = wait_for_turn(service);
  const int status = run();
  if (const Status refreshed = service.refresh(); !refreshed) return fail(refreshed.error());
  return status;
}

}  // namespace

int run_serve(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui serve -w DIR [--listen ADDRESS:PORT] [--plain | --cert FILE "
                       "--cert-key FILE]"};
  add_workspace_options(line);
  add_text_option(
      line, "listen", "ADDRESS:PORT", "127.0.0.1:8443",
      say("在哪里监听；端口 0 为任一空闲端口", "where to listen; port 0: one that is free"));
  add_switch(line, "plain",
             say("不加密（只限本机，例如放在反向代理之后）",
                 "plain HTTP, from this machine only (behind a proxy)"));
  add_text_option(line, "cert", "FILE", "", say("证书（PEM）", "certificate (PEM)"));
  add_text_option(line, "cert-key", "FILE", "", say("证书的私钥（PEM）", "its private key (PEM)"));
  add_switch(line, "log-requests",
             say("每个请求在标准错误上写一行 JSON（操作、状态、毫秒，不含个人信息）",
                 "a line of JSON on standard error for each request (operation, status, "
                 "milliseconds; nothing personal)"));
  add_option(line, "cache", po::value<std::size_t>()->default_value(512)->value_name("MB"),
             say("留在内存中的数据，默认 512 MB", "data kept in memory; default: 512 MB"));
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const sigset_t signals = block_signals();
  // Absolute: commands that are handed over work in their callers' directories.
  auto workspace =
      workspace::Workspace::open(std::filesystem::absolute(workspace_directory(*values)),
                                 store::Access::kReadWrite, key_file(*values));
  if (!workspace) return fail(workspace.error());
  const auto options = server_options(*values, workspace->directory());
  if (!options) return fail(options.error());
  const auto accounts = service::load_accounts(workspace->store());
  if (!accounts) return fail(accounts.error());
  if (accounts->empty())
    return fail(bilingual_error(
        ErrorCode::kNotFound,
        "还没有账号，先建第一个安全管理员：bidui user add -w DIR 账号 --name 姓名 --role "
        "security_admin",
        "there is no account yet; make the first security administrator: bidui user add -w DIR "
        "ACCOUNT --name NAME --role security_admin"));
  workspace->store().keep_in_memory((*values)["cache"].as<std::size_t>() << 20);
  auto service = service::Service::open(*workspace);
  if (!service) return fail(service.error());
  std::mutex log_mutex;
  if (values->count("log-requests") != 0)
    (*service)->log_requests([&](std::string_view request) {
      const std::lock_guard lock(log_mutex);
      fmt::print(error_output(), "{}\n", request);
    });
  auto server = service::HttpServer::start(
      *options, [&](const service::Request& request) { return (*service)->answer(request); });
  if (!server) return fail(server.error());
  const auto commands = CommandSocket::listen(
      *workspace, [&](const Arguments& command, const std::function<int()>& run) {
        return run_for_caller(**service, command, run);
      });
  if (!commands) return fail(commands.error());
  (*service)->count_connections([&] { return server->connections(); });
  const bool secure = !options->certificate.empty();
  const bool bracket = options->host.find(':') != std::string::npos;
  fmt::print(output(), "{} {}://{}{}{}:{}/\n", say("服务已就绪：", "ready:"),
             secure ? "https" : "http", bracket ? "[" : "", options->host, bracket ? "]" : "",
             server->port());
  std::fflush(output());
  int signal = 0;
  sigwait(&signals, &signal);
  fmt::print(output(), "{}\n", say("正在停止…", "stopping…"));
  (*service)->end();
  server->stop();
  return kDone;
}

}  // namespace bidui::cli
