#include <set>

#include "tests/service/test_service.h"

namespace bidui::service {
namespace {

class FlagApiTest : public ServiceTest {
 protected:
  FlagApiTest() {
    add_account("cty", {Role::kCounty, Role::kDataOfficer});
    add_account("tow", {Role::kTownship}, scope());
  }
  json::array list(const std::string& account, const std::string& query = {}) {
    const Answer answer = call(account, "GET", "/api/v1/flags" + query);
    EXPECT_EQ(answer.status, 200) << query;
    return answer.body.at("flags").as_array();
  }
  std::string first_flag() { return std::string(list("cty")[0].at("flag_id").as_string()); }
  Answer step(const std::string& account, json::object order) {
    return call(account, "POST", "/api/v1/flags/steps", order);
  }
};

TEST_F(FlagApiTest, PagesShowEachFlagOnce) {
  const Answer all = call("cty", "GET", "/api/v1/flags?limit=500");
  std::set<std::string> seen;
  std::string cursor;
  do {
    const Answer page = call("cty", "GET", "/api/v1/flags?limit=2&cursor=" + cursor);
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(page.body.at("count"), all.body.at("count"));
    for (const json::value& flag : page.body.at("flags").as_array())
      EXPECT_TRUE(seen.insert(std::string(flag.at("flag_id").as_string())).second);
    cursor = page.body.at("next").as_string();
  } while (!cursor.empty());
  EXPECT_EQ(static_cast<std::int64_t>(seen.size()), all.body.at("count").as_int64());
  EXPECT_EQ(call("cty", "GET", "/api/v1/flags?cursor=nonsense").status, 400);
}

TEST_F(FlagApiTest, FiltersByRuleSeverityAndState) {
  for (const json::value& flag : list("cty", "?rule=DEAD_IN_PR"))
    EXPECT_EQ(flag.at("rule").as_string(), "DEAD_IN_PR");
  EXPECT_FALSE(list("cty", "?rule=DEAD_IN_PR").empty());
  EXPECT_TRUE(list("cty", "?state=assigned").empty());
  for (const char* const wrong : {"?severity=X", "?state=nonsense", "?status=nonsense"})
    EXPECT_EQ(call("cty", "GET", std::string("/api/v1/flags") + wrong).status, 400) << wrong;
}

TEST_F(FlagApiTest, AnotherTownshipSeesAndTouchesNone) {
  add_account("there", {Role::kTownship}, "340826999");
  EXPECT_TRUE(list("there").empty());
  const std::string flag = first_flag();
  EXPECT_EQ(call("tow", "GET", "/api/v1/flags/" + flag).status, 200);
  EXPECT_EQ(call("there", "GET", "/api/v1/flags/" + flag).status, 404);
  EXPECT_EQ(step("there", {{"flags", {flag}}, {"action", "assign"}, {"assignee", "x"}}).status,
            404);
}

TEST_F(FlagApiTest, GoesFromAssigningToCheckingInTheRolesOfTheAccounts) {
  add_account("vil", {Role::kVillage}, scope() + "");
  const std::string flag = first_flag();
  EXPECT_EQ(step("vil", {{"flags", {flag}}, {"action", "assign"}, {"assignee", "x"}}).status, 409);
  EXPECT_EQ(
      step(
          "tow",
          {{"flags", {flag}}, {"action", "assign"}, {"assignee", "三冲村"}, {"date", "2099-01-01"}})
          .status,
      200);
  EXPECT_EQ(list("cty", "?state=assigned").size(), 1U);
  EXPECT_EQ(list("cty", "?assignee=%E4%B8%89%E5%86%B2%E6%9D%91").size(), 1U);
  // A role that the account does not hold.
  EXPECT_EQ(step("tow", {{"flags", {flag}}, {"action", "decide"}, {"role", "county"}}).status, 400);
  const Answer shown = call("vil", "GET", "/api/v1/flags/" + flag);
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body.at("steps").as_array().size(), 1U);
  bool may_check = false;
  for (const json::value& choice : shown.body.at("choices").as_array())
    may_check = may_check ||
                (choice.at("action").as_string() == "check" && choice.at("possible").as_bool());
  EXPECT_TRUE(may_check);
  const Answer progress = call("tow", "GET", "/api/v1/flags/progress");
  EXPECT_EQ(progress.status, 200);
  EXPECT_FALSE(progress.body.at("units").as_array().empty());
}

TEST_F(FlagApiTest, AllOrNoneOfSeveral) {
  const json::array flags = list("cty");
  ASSERT_GE(flags.size(), 2U);
  const json::value a = flags[0].at("flag_id");
  const json::value b = flags[1].at("flag_id");
  ASSERT_EQ(step("tow", {{"flags", {a}}, {"action", "assign"}, {"assignee", "x"}}).status, 200);
  EXPECT_EQ(step("tow", {{"flags", {a, b}}, {"action", "assign"}, {"assignee", "x"}}).status, 409);
  EXPECT_EQ(list("cty", "?state=assigned").size(), 1U);
  EXPECT_EQ(
      step("tow", {{"flags", {b}}, {"action", "assign"}, {"assignee", "x"}, {"dry_run", true}})
          .status,
      200);
  EXPECT_EQ(list("cty", "?state=assigned").size(), 1U);
}

TEST_F(FlagApiTest, TheLedgerIsAWorkbook) {
  const Answer ledger = call("tow", "GET", "/api/v1/flags/ledger.xlsx");
  EXPECT_EQ(ledger.status, 200);
  EXPECT_THAT(ledger.response.body, testing::StartsWith("PK"));
}

TEST_F(FlagApiTest, ARunIsStartedWatchedAndSeen) {
  const Answer started = call("cty", "POST", "/api/v1/jobs");
  ASSERT_EQ(started.status, 202);
  const std::string job(started.body.at("job").as_string());
  const Response watched = service_->answer({.method = "GET",
                                             .path = "/api/v1/jobs/" + job + "/events",
                                             .headers = {{"authorization", "Bearer none"}}});
  EXPECT_EQ(watched.status, 401);
  // Watches until the job has ended, as the page does.
  const Answer events = call("cty", "GET", "/api/v1/jobs/" + job + "/events");
  ASSERT_TRUE(events.response.stream);
  std::string last;
  events.response.stream([&](std::string_view piece) {
    last = piece;
    return true;
  });
  EXPECT_THAT(last, testing::StartsWith("data: "));
  EXPECT_THAT(last, testing::HasSubstr("\"state\":\"done\""));
  const Answer runs = call("cty", "GET", "/api/v1/runs");
  ASSERT_EQ(runs.body.at("runs").as_array().size(), 2U);
  EXPECT_EQ(runs.body.at("runs").at(0).at("new").as_int64(), 0);  // the same deliveries
  const std::string run(runs.body.at("runs").at(0).at("run").as_string());
  EXPECT_EQ(call("cty", "GET", "/api/v1/runs/" + run).status, 200);
  EXPECT_EQ(call("cty", "GET", "/api/v1/runs/" + run + "/difference").status, 200);
  const Answer page = call("cty", "GET", "/api/v1/runs/" + run + "/files/report.html");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(call("cty", "GET", "/api/v1/runs/" + run + "/files/..").status, 404);
  EXPECT_EQ(call("cty", "GET", "/api/v1/runs/none").status, 404);
  EXPECT_EQ(call("cty", "GET", "/api/v1/deliveries").status, 200);
  EXPECT_EQ(call("cty", "GET", "/api/v1/jobs").body.at("jobs").as_array().size(), 1U);
}

}  // namespace
}  // namespace bidui::service
