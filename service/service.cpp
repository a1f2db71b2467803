#include "service/service.h"

#include <algorithm>
#include <boost/json.hpp>
#include <typeinfo>

#include "service/json_schema.h"
#include "service/page_files.h"
#include "workspace/compare.h"
#include "workspace/local_time.h"
#include "workspace/rule_files.h"

namespace bidui::service {
namespace {

namespace json = boost::json;

constexpr std::string_view kCookie = "bidui_session";

// For every answer: nothing of the page comes from elsewhere, nothing of an answer is kept.
void add_security_headers(const Request& request, Response& response) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(response.headers, [&](const auto& h) { return h.first == name; });
  };
  const auto add = [&](std::string name, std::string value) {
    if (!has(name)) response.headers.emplace_back(std::move(name), std::move(value));
  };
  add("Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      "connect-src 'self'; font-src 'self'; frame-src 'self'; frame-ancestors 'none'; "
      "base-uri 'none'; form-action 'none'");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  add("Cache-Control", "no-store");
  if (request.secure) add("Strict-Transport-Security", "max-age=31536000");
}

Problem not_signed_in() {
  return {.status = 401,
          .code = "not_signed_in",
          .detail = {"请先登录；登录可能已过期", "sign in first; the session may have ended"}};
}

Problem no_log() {
  return {.status = 503,
          .code = "internal",
          .detail = {"审计日志写不进去，因此不予答复。请检查磁盘",
                     "the audit log cannot be written, so nothing is answered: check the disk"}};
}

Problem busy() {
  return {.status = 503,
          .code = "busy",
          .detail = {"正在比对或导入，请稍后再试",
                     "a comparison or import is being written; try "
                     "again shortly"},
          .retry_after = 5};
}

// Of what a snapshot shows: another text as soon as there is another delivery, run or model.
Result<std::string> newest_of(const store::Store& store) {
  std::string text;
  for (const store::DeliveryInfo& delivery : store.deliveries())
    text += std::to_string(static_cast<std::uint64_t>(delivery.id)) + " ";
  const Result<std::vector<store::RunInfo>> runs = store.runs();
  BIDUI_TRY(runs);
  if (!runs->empty()) text += runs->back().id;
  return text;
}

bool is_written_by_browser_elsewhere(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  return !site.empty() && site != "same-origin" && site != "none";
}

}  // namespace

Service::Service(workspace::Workspace& workspace)
    : workspace_(workspace), audit_(workspace.store()) {
  jobs_ =
      std::make_unique<Jobs>([this](const JobOrder& order, const workspace::Progress& progress) {
        return compare(order, progress);
      });
}

Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::open(workspace::Workspace& workspace) {
  std::unique_ptr<Service> service(new Service(workspace));
  BIDUI_TRY(service->answered_.load(workspace.store()));
  BIDUI_TRY(service->refresh());
  return service;
}

std::shared_ptr<const workspace::LookupSnapshot> Service::snapshot() const {
  const std::lock_guard lock(snapshot_mutex_);
  return snapshot_;
}

Status Service::refresh() {
  const std::lock_guard refreshing(refreshing_);
  const Result<std::string> shown = newest_of(store());
  BIDUI_TRY(shown);
  if (snapshot_of_ != *shown) {
    Result<workspace::LookupSnapshot> taken =
        workspace::LookupSnapshot::take(workspace_, workspace::LookupSnapshot::For::kMany);
    BIDUI_TRY(taken);
    BIDUI_TRY(store().filter_keys());
    auto shared = std::make_shared<const workspace::LookupSnapshot>(std::move(*taken));
    {
      const std::lock_guard lock(snapshot_mutex_);
      snapshot_.swap(shared);
    }
    snapshot_of_ = *shown;
  }  // Here the former one is given back, outside the lock: to free a run's memory takes a while.
  BIDUI_TRY(board_.load(workspace_));
  const Result<rule::Profile> profile = workspace::profile_in_force(store());
  BIDUI_TRY(profile);
  needs_authorisation_ = profile->lookup_needs_authorisation();
  const Result<std::vector<Account>> accounts = load_accounts(store());
  BIDUI_TRY(accounts);
  sessions_.end_all_but(*accounts);
  return {};
}

std::unique_lock<std::timed_mutex> Service::writing(std::chrono::milliseconds longest) {
  return std::unique_lock(writing_, longest);
}

Result<std::string> Service::compare(const JobOrder& order, const workspace::Progress& progress) {
  const std::unique_lock lock(writing_);
  const Result<workspace::CompareReport> run =
      workspace::compare(workspace_,
                         {.as_of = order.as_of,
                          .rules = {.workspace = workspace_.directory()},
                          .full = order.full,
                          .recorded = workspace::local_time()},
                         progress);
  BIDUI_TRY(run);
  BIDUI_TRY(refresh());
  return run->run_id;
}

Response Service::answer(const Request& request) {
  const auto began = std::chrono::steady_clock::now();
  std::string_view operation = "none";
  std::string failure;
  Response response;
  try {
    response = dispatch(request, operation);
  } catch (const std::exception& thrown) {
    // A mistake of ours: what it says may hold values, its kind does not.
    failure = typeid(thrown).name();
    response = problem_response({.detail = {"服务内部错误", "internal error"}},
                                locale_of(request.header("accept-language")));
  }
  add_security_headers(request, response);
  const auto took = std::chrono::steady_clock::now() - began;
  metrics_.count(operation, response.status, took);
  if (log_) {
    json::object line{{"at", workspace::local_time()},
                      {"operation", operation},
                      {"status", response.status},
                      {"ms", std::chrono::duration<double, std::milli>(took).count()}};
    if (!failure.empty()) line["failure"] = failure;
    log_(json::serialize(line));
  }
  return response;
}

Response Service::dispatch(const Request& request, std::string_view& operation) {
  Exchange exchange{.request = request,
                    .locale = locale_of(request.header("accept-language")),
                    .now = std::chrono::steady_clock::now()};
  bool known_path = false;
  for (const Route& route : routes()) {
    auto parameters = match_path(route.path, request.path);
    if (!parameters) continue;
    known_path = true;
    if (route.method != request.method) continue;
    operation = route.operation;
    exchange.parameters = std::move(*parameters);
    return answer_route(route, exchange);
  }
  if (!known_path && request.method == "GET") {
    if (auto file = page_file(request)) {
      operation = "page";
      return std::move(*file);
    }
  }
  return problem_response(
      known_path ? Problem{.status = 405,
                           .code = "bad_request",
                           .detail = {"这个地址不支持这种请求", "this address has no such method"}}
                 : not_found({"没有这个地址", "there is no such address"}),
      exchange.locale);
}

std::optional<Problem> Service::authenticate(const Route& route, Exchange& exchange) {
  if (route.power == Power::kAnyone) return std::nullopt;
  const Request& request = exchange.request;
  const std::string_view bearer = request.header("authorization");
  const bool by_cookie = !bearer.starts_with("Bearer ");
  exchange.token = by_cookie ? request.cookie(kCookie) : bearer.substr(7);
  exchange.session = sessions_.find(exchange.token, exchange.now);
  if (exchange.session == nullptr) return not_signed_in();
  exchange.audit.account = exchange.account().account;
  exchange.audit.name = exchange.account().name;
  if (!by_cookie || request.method == "GET") return std::nullopt;
  if (is_written_by_browser_elsewhere(request) ||
      (route.audit == Audit::kChange && request.header("x-csrf-token") != exchange.session->csrf)) {
    return forbidden({"请求不是从本页面发出的，请刷新页面后再试",
                      "the request does not come from this page; load it again"});
  }
  return std::nullopt;
}

std::optional<Problem> Service::authorise(const Route& route, const Exchange& exchange) const {
  if (route.power == Power::kAnyone) return std::nullopt;
  if (!exchange.account().powers().has(route.power))
    return forbidden({"账号的角色没有这项权限", "the account's roles do not allow this"});
  if (route.reach == Reach::kWorkspace && !exchange.account().covers_all())
    return forbidden({"这是全县的内容，账号的范围只是其中一部分",
                      "this shows the whole county, and the account's scope is a part of it"});
  return std::nullopt;
}

std::optional<Problem> Service::read_body(const Route& route, Exchange& exchange) const {
  const json::value* const schema = service_api().request_schema(route.operation);
  if (schema == nullptr) return std::nullopt;
  if (!exchange.request.header("content-type").starts_with("application/json"))
    return Problem{.status = 415,
                   .code = "bad_request",
                   .detail = {"内容须为 application/json", "the body must be application/json"}};
  boost::system::error_code failure;
  json::value value = json::parse(exchange.request.body, failure);
  if (failure) return bad_request({"内容不是正确的 JSON", "the body is no JSON"});
  if (const auto fault = service_api().check(value, *schema)) {
    return bad_request({fault->place + " " + fault->text_zh, fault->place + " " + fault->text},
                       fault->place);
  }
  exchange.body = std::move(value.as_object());
  return std::nullopt;
}

bool Service::note(Exchange& exchange, std::string_view kind, int status,
                   std::optional<store::NamedBytes> kept) {
  AuditEntry& entry = exchange.audit;
  entry.at = workspace::local_time();
  entry.kind = kind;
  entry.peer = exchange.request.peer;
  entry.status = status;
  return audit_.append(entry, std::move(kept)).has_value();
}

Response Service::answer_route(const Route& route, Exchange& exchange) {
  exchange.audit.action = route.operation;
  std::optional<Problem> problem = authenticate(route, exchange);
  if (!problem) problem = authorise(route, exchange);
  const bool refused = problem.has_value();
  if (!problem) problem = read_body(route, exchange);
  if (problem) {
    const Response response = exchange.refuse(*problem);
    // Who asks for the page's first state is not refused anything.
    if (refused && route.operation != "currentSession" &&
        !note(exchange, "refusal", response.status))
      return problem_response(no_log(), exchange.locale);
    return response;
  }
  return route.audit == Audit::kChange ? change_once(route, exchange) : run_route(route, exchange);
}

Response Service::run_route(const Route& route, Exchange& exchange) {
  Response response = route.answer(*this, exchange);
  if (route.audit == Audit::kNothing) return response;
  const bool refused = response.status == 401 || response.status == 403;
  const std::string_view kind = refused                       ? "refusal"
                                : route.operation == "signIn" ? "sign_in"
                                                              : "access";
  if (!note(exchange, kind, response.status)) return problem_response(no_log(), exchange.locale);
  return response;
}

// A key that was used before gets the answer that it got then. The answer is kept in one write with
// the log's entry that the change was made: a service killed between the change and that write does
// not know the key.
Response Service::change_once(const Route& route, Exchange& exchange) {
  const std::string_view key = exchange.request.header("idempotency-key");
  if (key.size() < 8 || key.size() > 64)
    return exchange.refuse(bad_request({"缺少 Idempotency-Key（8 至 64 个字符）",
                                        "an Idempotency-Key of 8 to 64 characters is needed"},
                                       "Idempotency-Key"));
  std::string name = exchange.account().account + " " + std::string(key);
  std::string fingerprint = request_fingerprint(route.operation, exchange.request);
  const auto lock = writing();
  if (!lock.owns_lock()) return exchange.refuse(busy());
  if (const KeptAnswers::Kept* const before = answered_.find(name)) {
    if (before->fingerprint == fingerprint) return before->response;
    return exchange.refuse(conflict({"这个 Idempotency-Key 已用于另一个请求",
                                     "this Idempotency-Key was used for another request"},
                                    "Idempotency-Key"));
  }
  if (!note(exchange, "change", 0)) return problem_response(no_log(), exchange.locale);
  Response response = route.answer(*this, exchange);
  const bool refused = response.status == 401 || response.status == 403;
  std::optional<store::NamedBytes> kept;
  if (response.status < 500)
    kept = answered_.keep(std::move(name), std::move(fingerprint), response);
  if (!note(exchange, refused ? "refusal" : "changed", response.status, std::move(kept)))
    return problem_response(no_log(), exchange.locale);
  return response;
}

}  // namespace bidui::service
