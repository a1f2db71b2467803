#include <algorithm>
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

struct AssignmentCase {
  const char* account;
  const char* query;
  std::size_t flags;  // 400: refused
};

// Four flags of a township: assigned to its account by the person's name, by the account's, as the
// township itself, and to somebody else; the others to nobody.
TEST_F(FlagApiTest, FiltersByToWhomTheyAreAssigned) {
  add_account("vil", {Role::kVillage}, scope());
  const json::array flags = list("cty");
  const std::size_t all = flags.size();
  ASSERT_GE(all, 5U);
  const std::string township(flags[0].at("township").as_string());
  int next = 0;
  for (const std::string& assignee :
       {std::string("姓名tow"), std::string("tow"), township, std::string("x")})
    ASSERT_EQ(step("tow", {{"flags", {flags[next++].at("flag_id")}},
                           {"action", "assign"},
                           {"assignee", assignee}})
                  .status,
              200);
  // What was done already waits for the account no more.
  ASSERT_EQ(step("tow", {{"flags", {flags[1].at("flag_id")}},
                         {"action", "check"},
                         {"outcome", "true"},
                         {"reason", "facts_hold"},
                         {"note", "x"},
                         {"date", "2020-01-01"}})
                .status,
            200);
  for (const AssignmentCase& c : {AssignmentCase{"tow", "", all},
                                  {"tow", "?assigned=all", all},
                                  {"tow", "?assigned=me", 2},
                                  {"tow", "?assigned=me&state=checked_true", 1},
                                  {"tow", "?assigned=me&state=all", 3},
                                  {"tow", "?assigned=me&rule=NONE", 0},
                                  {"tow", "?assigned=nobody", all - 4},
                                  {"tow", "?assignee=x", 1},
                                  {"cty", "?assigned=me", 0},
                                  {"cty", "?assignee=x", 1},
                                  {"vil", "?assigned=nobody", all - 4},
                                  {"vil", "?assignee=x", 400},
                                  {"tow", "?assigned=me&assignee=x", 400},
                                  {"tow", "?assigned=somebody", 400}}) {
    const Answer answer = call(c.account, "GET", std::string("/api/v1/flags") + c.query);
    if (c.flags == 400) {
      EXPECT_EQ(answer.status, 400) << c.account << c.query;
      continue;
    }
    ASSERT_EQ(answer.status, 200) << c.account << c.query;
    EXPECT_EQ(answer.body.at("flags").as_array().size(), c.flags) << c.account << c.query;
    EXPECT_EQ(answer.body.at("count").as_int64(), static_cast<std::int64_t>(c.flags))
        << c.account << c.query;
  }
  // However the list is filtered by it, the tally is of all.
  for (const char* const query : {"", "?assigned=me&limit=1", "?assigned=nobody"}) {
    const Answer answer = call("tow", "GET", std::string("/api/v1/flags") + query);
    const json::value& tally = answer.body.at("assigned");
    EXPECT_EQ(tally.at("all").as_int64(), static_cast<std::int64_t>(all)) << query;
    EXPECT_EQ(tally.at("me").as_int64(), 2) << query;
    EXPECT_EQ(tally.at("nobody").as_int64(), static_cast<std::int64_t>(all) - 4) << query;
    EXPECT_EQ(tally.at("assignees").as_array().size(), 4U) << query;
  }
  EXPECT_TRUE(
      call("vil", "GET", "/api/v1/flags").body.at("assigned").at("assignees").as_array().empty());
  // A page ends where one's own end, however many others lie between.
  const Answer first = call("tow", "GET", "/api/v1/flags?assigned=me&limit=1");
  const std::string cursor(first.body.at("next").as_string());
  ASSERT_FALSE(cursor.empty());
  const Answer second = call("tow", "GET", "/api/v1/flags?assigned=me&limit=1&cursor=" + cursor);
  ASSERT_EQ(second.body.at("flags").as_array().size(), 1U);
  EXPECT_NE(second.body.at("flags").at(0).at("flag_id"),
            first.body.at("flags").at(0).at("flag_id"));
  EXPECT_EQ(second.body.at("next").as_string(), "");
  EXPECT_EQ(call("tow", "GET", "/api/v1/flags/ledger.xlsx?assigned=me").status, 200);
}

TEST_F(FlagApiTest, WhatIsAssignedToAVillageIsItsAccounts) {
  const json::array flags = list("cty");
  const auto in_a_village = std::ranges::find_if(flags, [](const json::value& flag) {
    return flag.at("division").as_string().size() >= 12 && !flag.at("village").as_string().empty();
  });
  ASSERT_NE(in_a_village, flags.end());
  const std::string village(
      std::string_view(in_a_village->at("division").as_string()).substr(0, 12));
  add_account("vil", {Role::kVillage}, village);
  ASSERT_EQ(step("tow", {{"flags", {in_a_village->at("flag_id")}},
                         {"action", "assign"},
                         {"assignee", in_a_village->at("village")}})
                .status,
            200);
  ASSERT_EQ(list("vil", "?assigned=me").size(), 1U);
  EXPECT_EQ(list("vil", "?assigned=me")[0].at("flag_id"), in_a_village->at("flag_id"));
  EXPECT_TRUE(list("tow", "?assigned=me").empty());
}

TEST_F(FlagApiTest, WhoGivesWorkIsToldToWhomHeMay) {
  add_account("vil", {Role::kVillage}, scope() + "001");
  add_account("there", {Role::kTownship}, "340826999");
  const auto workers = [&](const std::string& account) {
    std::set<std::string> names;
    const Answer meta = call(account, "GET", "/api/v1/meta");
    for (const json::value& worker : meta.body.at("workers").as_array())
      names.emplace(worker.at("assignee").as_string());
    return names;
  };
  EXPECT_EQ(workers("tow"), (std::set<std::string>{"姓名tow", "姓名vil"}));
  EXPECT_EQ(workers("cty"), (std::set<std::string>{"姓名there", "姓名tow", "姓名vil"}));
  EXPECT_TRUE(workers("vil").empty());
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

// Names of townships and of ethnic groups are data.
TEST_F(FlagApiTest, ARunsSummaryInEnglish) {
  language_ = "en";
  const Answer runs = call("cty", "GET", "/api/v1/runs");
  const std::string run(runs.body.at("runs").at(0).at("run").as_string());
  const Answer shown = call("cty", "GET", "/api/v1/runs/" + run);
  ASSERT_EQ(shown.status, 200);
  const json::value& summary = shown.body.at("summary");
  const auto is_ascii = [](const json::value& titled) {
    std::string title(titled.at("title").as_string());
    constexpr std::string_view kBetween = " → ";  // two sources
    if (const std::size_t at = title.find(kBetween); at != std::string::npos)
      title.erase(at, kBetween.size());
    return std::ranges::all_of(title, [](char c) { return c >= ' ' && c <= '~'; });
  };
  EXPECT_TRUE(is_ascii(summary.at("profile")));
  EXPECT_FALSE(summary.at("rules").as_array().empty());
  for (const json::value& rule : summary.at("rules").as_array())
    EXPECT_TRUE(is_ascii(rule)) << rule.at("title");
  for (const json::value& group : summary.at("error_sheet").at("groups").as_array()) {
    const std::string_view dimension = group.at("dimension").as_string();
    const bool is_data = dimension == "township" || dimension == "ethnicity";
    EXPECT_TRUE(is_data || is_ascii(group)) << dimension << " " << group.at("title");
  }
  language_ = "zh";
  EXPECT_THAT(call("cty", "GET", "/api/v1/runs/" + run).response.body,
              testing::HasSubstr("常住人口登记"));
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
  EXPECT_EQ(started.body.at("phase_title").as_string(), "排队中");
  std::string last;
  events.response.stream([&](std::string_view piece) {
    last = piece;
    // It always says what it does, before the work does, too.
    EXPECT_THAT(last, testing::Not(testing::HasSubstr("\"phase_title\":\"\"")));
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
