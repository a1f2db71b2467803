// Role × route, and scope × route: what the table of routes says, held against what is answered.
#include "tests/service/test_service.h"

namespace bidui::service {
namespace {

class RouteAccessTest : public ServiceTest {
 protected:
  // A request to the route that a signed-in account would make, with a body that need not be right.
  Answer ask(const std::string& account, const Route& route) {
    std::string path(route.path);
    for (std::size_t open = 0; (open = path.find('{')) != std::string::npos;)
      path.replace(open, path.find('}') - open + 1, "none");
    return call(account, std::string(route.method), path);
  }
};

TEST_F(RouteAccessTest, EachRoleReachesWhatItsPowersAllowAndNothingElse) {
  for (std::size_t r = 0; r < kRoles; ++r) {
    const auto role = static_cast<Role>(r);
    const bool local = role == Role::kVillage || role == Role::kTownship;
    const std::string account = "a-" + std::string(role_name(role));
    add_account(account, {role}, local ? scope() : "");
    const Powers powers(std::array{role});
    for (const Route& route : routes()) {
      if (route.operation == "signOut") continue;  // would end the session
      const Answer answer = ask(account, route);
      const bool allowed = powers.has(route.power) && !(local && route.reach == Reach::kWorkspace);
      const bool forbidden =
          answer.status == 403 && answer.body.is_object() && answer.code() == "forbidden";
      EXPECT_EQ(forbidden, !allowed)
          << role_name(role) << " " << route.operation << " " << answer.status;
      if (allowed) {
        EXPECT_LT(answer.status, 500) << role_name(role) << " " << route.operation;
      }
    }
  }
}

TEST_F(RouteAccessTest, WhoIsNotSignedInGetsNothing) {
  for (const Route& route : routes()) {
    if (route.power == Power::kAnyone) continue;
    EXPECT_EQ(ask("", route).status, 401) << route.operation;
  }
}

TEST_F(RouteAccessTest, RefusalsAreInTheLog) {
  add_account("log", {Role::kLogAuditor});
  const std::size_t before = audit_count("refusal");
  EXPECT_EQ(call("log", "GET", "/api/v1/flags").status, 403);
  EXPECT_EQ(call("", "GET", "/api/v1/flags").status, 401);
  EXPECT_EQ(audit_count("refusal"), before + 2);
  const Answer list = call("log", "GET", "/api/v1/audit?kind=refusal&account=log");
  ASSERT_EQ(list.status, 200);
  EXPECT_EQ(list.body.at("entries").as_array().size(), 1U);
  EXPECT_EQ(list.body.at("entries").at(0).at("action").as_string(), "listFlags");
}

TEST_F(RouteAccessTest, TheLogTellsInWordsWhatWasShown) {
  add_account("cty", {Role::kCounty});
  add_account("log", {Role::kLogAuditor});
  const std::string record = "poverty:" + workspace::poverty_key(3, 0);
  call("cty", "POST", "/api/v1/lookups", {{"id_number", workspace::small_person(3, 0).id}});
  call("cty", "POST", "/api/v1/reveals",
       {{"record", record}, {"fields", {"id_number"}}, {"reason", "入户核对"}});
  const auto details = [&](const std::string& query) {
    std::string all;
    const Answer list = call("log", "GET", "/api/v1/audit?" + query);
    for (const json::value& entry : list.body.at("entries").as_array())
      all += std::string(entry.at("detail").as_string()) + "\n";
    return all;
  };
  const std::string shown = details("account=cty");
  EXPECT_THAT(shown, testing::HasSubstr("按身份证号；显示了 1 户"));
  EXPECT_THAT(shown, testing::HasSubstr("记录 " + record + "；看了 "));
  EXPECT_THAT(shown, testing::Not(testing::HasSubstr("id_number")));
  EXPECT_THAT(shown, testing::Not(testing::HasSubstr(workspace::small_person(3, 0).id)));
  EXPECT_THAT(shown, testing::Not(testing::HasSubstr("{")));
  EXPECT_THAT(details("kind=reveal"), testing::HasSubstr("记录 " + record + "；看了 "));
  call("log", "GET", "/api/v1/flags");
  EXPECT_THAT(details("kind=refusal"), testing::HasSubstr("原因：没有权限"));
}

TEST_F(RouteAccessTest, AnUnknownAddressOrMethodIsSaidSo) {
  EXPECT_EQ(call("", "GET", "/api/v1/nothing").status, 404);
  EXPECT_EQ(call("", "DELETE", "/api/v1/flags").status, 405);
  EXPECT_EQ(call("", "GET", "/../../etc/passwd").status, 404);
}

TEST_F(RouteAccessTest, EveryAnswerCarriesTheSecurityHeaders) {
  for (const char* const path : {"/healthz", "/api/v1/flags", "/api/v1/nothing", "/"}) {
    const Answer answer = call("", "GET", path);
    std::map<std::string, std::string> headers(answer.response.headers.begin(),
                                               answer.response.headers.end());
    EXPECT_THAT(headers["Content-Security-Policy"], testing::HasSubstr("default-src 'none'"))
        << path;
    EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
    EXPECT_EQ(headers["X-Frame-Options"], "DENY");
  }
}

}  // namespace
}  // namespace bidui::service
