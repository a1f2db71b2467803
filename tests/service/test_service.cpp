#include "tests/service/test_service.h"

#include "service/json_schema.h"
#include "service/password.h"

namespace bidui::service {
namespace {

const std::string& hash_of_password(std::string_view password) {
  static const std::string kHash = hash_password(password).value();
  return kHash;
}

}  // namespace

ServiceTest::ServiceTest() {
  world_.compare();
  service_ = Service::open(world_.workspace()).value();
}

void ServiceTest::add_account(const std::string& account, std::vector<Role> roles,
                              std::string scope) {
  const Account made{.account = account,
                     .name = "姓名" + account,
                     .roles = std::move(roles),
                     .scope = std::move(scope),
                     .password_hash = hash_of_password(kPassword)};
  ASSERT_TRUE(check_account(made));
  const store::NamedBytes kept = kept_account(made);
  ASSERT_TRUE(world_.workspace().store().put_model(kept.name, kept.bytes));
  const Answer answer =
      call("", "POST", "/api/v1/sessions", {{"account", account}, {"password", kPassword}});
  ASSERT_EQ(answer.status, 201);
  for (const auto& [name, value] : answer.response.headers) {
    if (name == "Set-Cookie")
      signed_in_[account].token = value.substr(14, value.find(';') - 14);  // after bidui_session=
  }
  signed_in_[account].csrf = answer.body.at("csrf").as_string();
}

Answer ServiceTest::call(const std::string& account, const std::string& method,
                         const std::string& path, const json::object& body) {
  Request request{.method = method, .path = path, .peer = "127.0.0.1"};
  if (const std::size_t mark = path.find('?'); mark != std::string::npos) {
    request.query = *parse_query(std::string_view(path).substr(mark + 1));
    request.path.resize(mark);
  }
  if (!language_.empty()) request.headers["accept-language"] = language_;
  if (method == "POST") {
    request.body = json::serialize(body);
    request.headers["content-type"] = "application/json";
  }
  if (!account.empty()) {
    request.headers["cookie"] = "bidui_session=" + signed_in_.at(account).token;
    request.headers["x-csrf-token"] = signed_in_.at(account).csrf;
    request.headers["idempotency-key"] = "key-of-test-" + std::to_string(++keys_);
  }
  return call(std::move(request));
}

Answer ServiceTest::call(Request request) {
  Answer answer{.response = service_->answer(request)};
  answer.status = answer.response.status;
  boost::system::error_code failure;
  if (answer.response.type.find("json") != std::string::npos)
    answer.body = json::parse(answer.response.body, failure);
  EXPECT_FALSE(failure) << request.path;
  for (const Route& route : routes()) {
    if (route.method == request.method && match_path(route.path, request.path)) {
      check_answer(route, answer);
      break;
    }
  }
  return answer;
}

void ServiceTest::check_answer(const Route& route, const Answer& answer) {
  const auto& described = service_api().document().at("paths").at(route.path).as_object();
  for (const auto& method : described) {
    const json::object& operation = method.value().as_object();
    if (operation.at("operationId").as_string() != route.operation) continue;
    const json::object& answers = operation.at("responses").as_object();
    const json::value* of_status = answers.if_contains(std::to_string(answer.status));
    if (of_status == nullptr) {
      EXPECT_GE(answer.status, 400) << route.operation << ": a status that is not described";
      of_status = &answers.at("default");
    }
    const json::value* const content = of_status->as_object().if_contains("content");
    if (content == nullptr) {
      EXPECT_TRUE(answer.response.body.empty()) << route.operation;
      return;
    }
    const auto& only = *content->as_object().begin();
    if (std::string_view(only.key()).find("json") == std::string_view::npos) return;
    const auto fault = service_api().check(answer.body, only.value().at("schema"));
    EXPECT_FALSE(fault) << route.operation << " " << answer.status << ": " << fault->place << " "
                        << fault->text;
  }
}

std::string ServiceTest::scope() const {
  const auto flags = workspace::list_flags(service_->workspace(), {});
  return flags->flags.front().state.flag.division.substr(0, 9);
}

std::size_t ServiceTest::audit_count(const std::string& kind) {
  return read_audit(service_->store(), 0, 100'000,
                    [&](const AuditEntry& entry) { return entry.kind == kind; })
      ->entries.size();
}

}  // namespace bidui::service
