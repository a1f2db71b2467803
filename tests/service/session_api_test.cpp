#include "service/password.h"
#include "tests/service/test_service.h"

namespace bidui::service {
namespace {

using testing::HasSubstr;

class SessionApiTest : public ServiceTest {
 protected:
  Answer sign_in(const std::string& account, std::string_view password,
                 const std::string& peer = "10.0.0.1") {
    return call(
        Request{.method = "POST",
                .path = "/api/v1/sessions",
                .headers = {{"content-type", "application/json"}},
                .body = json::serialize(json::object{{"account", account}, {"password", password}}),
                .peer = peer});
  }
};

TEST_F(SessionApiTest, ACookieThatNoScriptAndNoOtherSiteCanUse) {
  add_account("cty", {Role::kCounty});
  const Answer answer = sign_in("cty", kPassword);
  ASSERT_EQ(answer.status, 201);
  const auto cookie = std::ranges::find(answer.response.headers, "Set-Cookie",
                                        [](const auto& h) { return h.first; });
  ASSERT_NE(cookie, answer.response.headers.end());
  EXPECT_THAT(cookie->second, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie->second, HasSubstr("SameSite=Strict"));
  EXPECT_THAT(answer.response.body, testing::Not(HasSubstr("argon2")));
}

TEST_F(SessionApiTest, WrongPasswordAndUnknownAccountAreToldAlike) {
  add_account("cty", {Role::kCounty});
  const Answer wrong = sign_in("cty", "wrong horse battery");
  const Answer unknown = sign_in("nobody", "wrong horse battery");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.response.body, unknown.response.body);
  EXPECT_EQ(audit_count("refusal"), 2U);
}

TEST_F(SessionApiTest, AfterAFewWrongOnesOneMustWaitButNotElsewhere) {
  add_account("cty", {Role::kCounty});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("cty", "wrong").status, 401);
  const Answer wait = sign_in("cty", kPassword);
  EXPECT_EQ(wait.status, 429);
  EXPECT_GT(wait.body.at("retry_after").as_int64(), 0);
  EXPECT_EQ(sign_in("cty", kPassword, "10.0.0.2").status, 201);
}

TEST_F(SessionApiTest, AChangeFromAnotherSiteIsRefused) {
  add_account("sec", {Role::kSecurityAdmin});
  const auto order = [&](std::string csrf, std::string site) {
    const Answer in = sign_in("sec", kPassword);
    const std::string cookie = in.response.headers.front().second;
    return call(Request{.method = "POST",
                        .path = "/api/v1/users",
                        .headers = {{"content-type", "application/json"},
                                    {"cookie", cookie.substr(0, cookie.find(';'))},
                                    {"idempotency-key", "12345678"},
                                    {"sec-fetch-site", std::move(site)},
                                    {"x-csrf-token",
                                     csrf == "right" ? std::string(in.body.at("csrf").as_string())
                                                     : csrf}},
                        .body = R"({"account":"new","name":"n","roles":["county"],"scope":"",)"
                                R"("password":"another long one"})",
                        .peer = "10.0.0.1"})
        .status;
  };
  EXPECT_EQ(order("", "same-origin"), 403);
  EXPECT_EQ(order("0123", "same-origin"), 403);
  EXPECT_EQ(order("right", "cross-site"), 403);
  EXPECT_EQ(order("right", "same-origin"), 201);
}

TEST_F(SessionApiTest, TheSecurityAdministratorMakesAccountsAndCannotLockHimselfOut) {
  add_account("sec", {Role::kSecurityAdmin});
  const json::object order{{"account", "tow"},
                           {"name", "乡镇"},
                           {"roles", {"township"}},
                           {"scope", scope()},
                           {"password", "a long enough one"}};
  EXPECT_EQ(call("sec", "POST", "/api/v1/users", order).status, 201);
  EXPECT_EQ(call("sec", "POST", "/api/v1/users", order).code(), "conflict");
  EXPECT_EQ(sign_in("tow", "a long enough one").status, 201);
  json::object both = order;
  both["account"] = "both";
  both["roles"] = {"auditor", "security_admin"};
  both["scope"] = "";
  EXPECT_EQ(call("sec", "POST", "/api/v1/users", both).status, 400);
  json::object weak = order;
  weak["account"] = "weak";
  weak["password"] = "short";
  EXPECT_EQ(call("sec", "POST", "/api/v1/users", weak).status, 400);
  const json::object own{{"account", "sec"},
                         {"name", "s"},
                         {"roles", {"security_admin"}},
                         {"scope", ""},
                         {"disabled", true}};
  EXPECT_EQ(call("sec", "POST", "/api/v1/users/sec", own).code(), "conflict");
  json::object disabled = order;
  disabled["disabled"] = true;
  disabled.erase("password");
  EXPECT_EQ(call("sec", "POST", "/api/v1/users/tow", disabled).status, 200);
  EXPECT_EQ(sign_in("tow", "a long enough one").status, 401);
  const Answer list = call("sec", "GET", "/api/v1/users");
  EXPECT_EQ(list.body.at("users").as_array().size(), 2U);
  EXPECT_THAT(list.response.body, testing::Not(HasSubstr("argon2")));
}

TEST_F(SessionApiTest, ChangingAPasswordEndsTheOtherSessions) {
  add_account("cty", {Role::kCounty});
  const Answer other = sign_in("cty", kPassword);
  const std::string cookie = other.response.headers.front().second;
  const Request ask{.method = "GET",
                    .path = "/api/v1/sessions/current",
                    .headers = {{"cookie", cookie.substr(0, cookie.find(';'))}}};
  EXPECT_EQ(call(ask).status, 200);
  const std::string path = "/api/v1/sessions/current/password";
  EXPECT_EQ(call("cty", "POST", path, {{"old", "wrong"}, {"new", "another long one"}}).status, 400);
  EXPECT_EQ(call("cty", "POST", path, {{"old", kPassword}, {"new", "another long one"}}).status,
            204);
  EXPECT_EQ(call(ask).status, 401);
  EXPECT_EQ(call("cty", "GET", "/api/v1/sessions/current").status, 200);
}

}  // namespace
}  // namespace bidui::service
