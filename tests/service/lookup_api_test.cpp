#include <fstream>
#include <iterator>

#include "tests/service/test_service.h"

namespace bidui::service {
namespace {

using testing::HasSubstr;
using testing::Not;
using workspace::household_no;
using workspace::poverty_key;
using workspace::small_person;

class LookupApiTest : public ServiceTest {
 protected:
  LookupApiTest() { add_account("cty", {Role::kCounty}); }
  Answer look_up(const std::string& account, const json::object& query) {
    return call(account, "POST", "/api/v1/lookups", query);
  }
  // With the profile that asks for authorisations.
  void ask_for_authorisations() {
    service_.reset();
    std::ofstream(world_.path() / "profile.json")
        << R"({"name": "x", "title": "x", "authorised_lookup": true})";
    world_.compare();
    service_ = Service::open(world_.workspace()).value();
  }
  // With one whom the death registry alone knows: he belongs to no household.
  void add_lone_person() {
    service_.reset();
    world_.import_again("death", "2017-12-31",
                        "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期,乡镇,行政村\n"
                        "S9,欧阳长庚,男," +
                            std::string(kLoneNumber) + ",19310204,20160105,下仓镇,三冲村\n");
    world_.compare();
    service_ = Service::open(world_.workspace()).value();
  }
  static constexpr std::string_view kLoneNumber = "340826193102040013";
};

TEST_F(LookupApiTest, ShowsAHouseholdInAllSourcesWithItsFlags) {
  const Answer answer = look_up("cty", {{"id_number", small_person(3, 0).id}});
  ASSERT_EQ(answer.status, 200);
  const json::value& household = answer.body.at("household");
  ASSERT_TRUE(household.is_object());
  EXPECT_EQ(household.at("name").as_string(), "poverty:" + household_no(3));
  EXPECT_EQ(household.at("members").as_array().size(), 3U);
  EXPECT_FALSE(household.at("flags").as_array().empty());
  EXPECT_THAT(answer.response.body, Not(HasSubstr(small_person(3, 0).id)));
  EXPECT_THAT(answer.response.body, Not(HasSubstr(small_person(3, 0).name)));
  // Of the birth date the year: with the rest one would have most of the number.
  EXPECT_THAT(answer.response.body, Not(HasSubstr(small_person(3, 0).birth)));
}

TEST_F(LookupApiTest, NothingToAskIsAnErrorAndNobodyIsAnAnswer) {
  EXPECT_EQ(look_up("cty", {}).status, 400);
  EXPECT_EQ(look_up("cty", {{"village", "三冲村"}}).status, 400);
  EXPECT_EQ(look_up("cty", {{"nonsense", "x"}}).status, 400);
  EXPECT_EQ(look_up("cty", {{"household", "nothing"}}).status, 400);
  const Answer nobody = look_up("cty", {{"name", "无此人"}});
  EXPECT_EQ(nobody.status, 200);
  EXPECT_TRUE(nobody.body.at("household").is_null());
  EXPECT_TRUE(nobody.body.at("candidates").as_array().empty());
}

TEST_F(LookupApiTest, ATownshipSeesItsOwnPeopleOnly) {
  add_account("here", {Role::kTownship}, scope());
  add_account("there", {Role::kTownship}, "340826999");
  const json::object query{{"id_number", small_person(3, 0).id}};
  EXPECT_TRUE(look_up("here", query).body.at("household").is_object());
  const Answer hidden = look_up("there", query);
  EXPECT_EQ(hidden.status, 200);
  EXPECT_TRUE(hidden.body.at("household").is_null());
  EXPECT_EQ(hidden.body.at("candidate_count").as_int64(), 0);
  const json::object household{{"household", "poverty:" + household_no(3)}};
  EXPECT_EQ(look_up("there", household).status, 403);
  for (const char* const path :
       {"/api/v1/households/history", "/api/v1/households/viewers", "/api/v1/households/report"})
    EXPECT_EQ(call("there", "POST", path, household).status, 403) << path;
  const json::object pair{{"left", "poverty:" + poverty_key(3, 0)},
                          {"right", "civil:" + workspace::civil_key(3, 0)}};
  EXPECT_EQ(call("here", "POST", "/api/v1/explanations", pair).status, 200);
  EXPECT_EQ(call("there", "POST", "/api/v1/explanations", pair).status, 403);
}

TEST_F(LookupApiTest, AnAuditorSaysWhyAndTheHouseholdCanBeToldWhoLooked) {
  add_account("aud", {Role::kAuditor});
  const json::object query{{"household", "poverty:" + household_no(3)}};
  EXPECT_EQ(look_up("aud", query).code(), "purpose_needed");
  json::object with_purpose = query;
  with_purpose["purpose"] = "核查举报";
  EXPECT_EQ(look_up("aud", with_purpose).status, 200);
  const Answer viewers = call("cty", "POST", "/api/v1/households/viewers", query);
  ASSERT_EQ(viewers.status, 200);
  const json::array& list = viewers.body.at("viewings").as_array();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].at("account").as_string(), "aud");
  EXPECT_EQ(list[0].at("purpose").as_string(), "核查举报");
}

struct AuthorisationCase {
  const char* title;
  json::object order;
  bool shows;
};

TEST_F(LookupApiTest, WithoutAValidAuthorisationAnAuditorIsShownNothing) {
  ask_for_authorisations();
  add_account("aud", {Role::kAuditor});
  add_account("sec", {Role::kSecurityAdmin});
  const std::string household = "poverty:" + household_no(3);
  const auto order = [&](const std::string& of, const std::string& account, const char* from,
                         const char* to) {
    return json::object{{"household", of},
                        {"account", account},
                        {"from", from},
                        {"to", to},
                        {"document", "授权 1 号"}};
  };
  const std::vector<json::object> queries = {
      {{"household", household}, {"purpose", "复核"}},
      {{"id_number", small_person(3, 0).id}, {"purpose", "复核"}},
      {{"name", small_person(3, 0).name}, {"purpose", "复核"}}};
  for (const AuthorisationCase& c :
       {AuthorisationCase{"none", {}, false},
        {"of another household",
         order("poverty:" + household_no(4), "", "2020-01-01", "2099-01-01"), false},
        {"of another auditor", order(household, "other", "2020-01-01", "2099-01-01"), false},
        {"over", order(household, "", "2020-01-01", "2020-12-31"), false},
        {"to come", order(household, "", "2098-01-01", "2099-01-01"), false},
        {"his", order(household, "aud", "2020-01-01", "2099-01-01"), true}}) {
    std::string id;
    if (!c.order.empty()) {
      const Answer added = call("sec", "POST", "/api/v1/authorisations", c.order);
      ASSERT_EQ(added.status, 201) << c.title;
      id = added.body.at("id").as_string();
    }
    for (const json::object& query : queries) {
      const Answer answer = call("aud", "POST", "/api/v1/lookups", query);
      if (c.shows) {
        EXPECT_TRUE(answer.body.at("household").is_object()) << c.title;
      } else {
        EXPECT_EQ(answer.code(), "authorisation_needed") << c.title << json::serialize(query);
        EXPECT_THAT(answer.response.body, Not(HasSubstr(household_no(3)))) << c.title;
      }
    }
    if (!id.empty()) {
      EXPECT_EQ(call("sec", "DELETE", "/api/v1/authorisations/" + id).status, 204);
    }
  }
  EXPECT_EQ(look_up("aud", queries[0]).code(), "authorisation_needed");  // revoked
  add_account("cty2", {Role::kCounty});
  EXPECT_EQ(look_up("cty2", queries[0]).status, 200);  // not an auditor
}

TEST_F(LookupApiTest, APersonInNoHouseholdIsOpenedByARecord) {
  add_lone_person();
  add_account("cty", {Role::kCounty});
  const Answer found = look_up("cty", {{"name", "欧阳长庚"}});
  ASSERT_EQ(found.body.at("candidates").as_array().size(), 1U);
  const json::value& candidate = found.body.at("candidates").at(0);
  EXPECT_EQ(candidate.at("household").as_string(), "");
  const json::object person{{"record", candidate.at("records").at(0)}};
  const Answer opened = look_up("cty", person);
  ASSERT_EQ(opened.status, 200);
  const json::value& view = opened.body.at("household");
  EXPECT_EQ(view.at("name").as_string(), "");
  EXPECT_EQ(view.at("record").as_string(), "death:S9");
  ASSERT_EQ(view.at("members").as_array().size(), 1U);
  EXPECT_TRUE(view.at("members").at(0).at("asked").as_bool());
  EXPECT_THAT(opened.response.body, Not(HasSubstr(std::string(kLoneNumber))));
  const Answer history = call("cty", "POST", "/api/v1/households/history", person);
  ASSERT_EQ(history.status, 200);
  ASSERT_EQ(history.body.at("deliveries").as_array().size(), 1U);
  EXPECT_EQ(history.body.at("deliveries").at(0).at("as_of").as_string(), "2017-12-31");
  EXPECT_EQ(call("cty", "POST", "/api/v1/households/report", person).status, 201);
  const Answer viewers = call("cty", "POST", "/api/v1/households/viewers", person);
  ASSERT_EQ(viewers.status, 200);
  EXPECT_EQ(viewers.body.at("viewings").as_array().size(), 4U);
  EXPECT_EQ(call("cty", "POST", "/api/v1/reveals",
                 {{"record", "death:S9"}, {"fields", {"id_number"}}, {"reason", "入户核对"}})
                .status,
            200);
  // A record of somebody in a household opens the household.
  EXPECT_EQ(look_up("cty", {{"record", "civil:" + workspace::civil_key(3, 0)}})
                .body.at("household")
                .at("name")
                .as_string(),
            "poverty:" + household_no(3));
  EXPECT_TRUE(look_up("cty", {{"record", "death:none"}}).body.at("household").is_null());
  EXPECT_EQ(look_up("cty", {{"record", "none"}}).status, 400);
  EXPECT_EQ(call("cty", "POST", "/api/v1/households/history", {{"record", "death:none"}}).status,
            404);
  json::object both = person;
  both["household"] = "poverty:" + household_no(3);
  EXPECT_EQ(call("cty", "POST", "/api/v1/households/history", both).status, 400);
  EXPECT_EQ(call("cty", "POST", "/api/v1/households/history", {}).status, 400);
  // By the same rule of scope as a household.
  add_account("there", {Role::kTownship}, "340826999");
  for (const char* const path : {"/api/v1/lookups", "/api/v1/households/history",
                                 "/api/v1/households/viewers", "/api/v1/households/report"})
    EXPECT_EQ(call("there", "POST", path, person).status, 403) << path;
  EXPECT_TRUE(look_up("there", {{"name", "欧阳长庚"}}).body.at("candidates").as_array().empty());
}

// Of a person in no household the authorisation names the record, and nothing else will do.
TEST_F(LookupApiTest, APersonInNoHouseholdNeedsAnAuthorisationOfHisOwn) {
  add_lone_person();
  ask_for_authorisations();
  add_account("aud", {Role::kAuditor});
  add_account("sec", {Role::kSecurityAdmin});
  const std::vector<json::object> queries = {{{"record", "death:S9"}, {"purpose", "复核"}},
                                             {{"id_number", kLoneNumber}, {"purpose", "复核"}},
                                             {{"name", "欧阳长庚"}, {"purpose", "复核"}}};
  EXPECT_EQ(look_up("aud", {{"record", "death:S9"}}).code(), "purpose_needed");
  struct Case {
    const char* of;
    std::vector<std::string> sources;
    bool shows;
  };
  for (const Case& c : {Case{"", {}, false},
                        {"poverty:H00003", {}, false},
                        {"death:S9", {}, false},  // a household of that number, if there were one
                        {"record/civil:S9", {}, false},
                        {"record/death:S", {}, false},
                        {"record/death:S9", {}, true},
                        {"record/death:S9", {"death"}, true}}) {
    std::string id;
    if (*c.of != '\0') {
      json::object order{{"household", c.of},
                         {"from", "2020-01-01"},
                         {"to", "2099-01-01"},
                         {"document", "授权 2 号"}};
      order["sources"] = json::array(c.sources.begin(), c.sources.end());
      const Answer added = call("sec", "POST", "/api/v1/authorisations", order);
      ASSERT_EQ(added.status, 201) << c.of;
      id = added.body.at("id").as_string();
    }
    for (const json::object& query : queries) {
      const Answer answer = look_up("aud", query);
      if (c.shows) {
        EXPECT_EQ(answer.body.at("household").at("record").as_string(), "death:S9") << c.of;
      } else {
        EXPECT_EQ(answer.code(), "authorisation_needed") << c.of << json::serialize(query);
      }
    }
    if (!id.empty()) {
      EXPECT_EQ(call("sec", "DELETE", "/api/v1/authorisations/" + id).status, 204);
    }
  }
  // Nor whether there is such a record.
  EXPECT_EQ(look_up("aud", {{"record", "death:none"}, {"purpose", "复核"}}).code(),
            "authorisation_needed");
  // The record of somebody in a household: its authorisation, not one of the record.
  ASSERT_EQ(call("sec", "POST", "/api/v1/authorisations",
                 {{"household", "record/civil:" + workspace::civil_key(3, 0)},
                  {"from", "2020-01-01"},
                  {"to", "2099-01-01"},
                  {"document", "授权 3 号"}})
                .status,
            201);
  EXPECT_EQ(look_up("aud", {{"record", "civil:" + workspace::civil_key(3, 0)}, {"purpose", "复核"}})
                .code(),
            "authorisation_needed");
  EXPECT_EQ(call("sec", "POST", "/api/v1/authorisations",
                 {{"household", "record/:x"},
                  {"from", "2020-01-01"},
                  {"to", "2099-01-01"},
                  {"document", "x"}})
                .status,
            400);
}

TEST_F(LookupApiTest, AnAuthorisationOfOneSourceRevealsNoValueOfAnother) {
  ask_for_authorisations();
  add_account("aud", {Role::kAuditor});
  add_account("sec", {Role::kSecurityAdmin});
  ASSERT_EQ(call("sec", "POST", "/api/v1/authorisations",
                 {{"household", "poverty:" + household_no(3)},
                  {"sources", {"poverty"}},
                  {"from", "2020-01-01"},
                  {"to", "2099-01-01"},
                  {"document", "1"}})
                .status,
            201);
  const auto reveal = [&](const std::string& record) {
    return call("aud", "POST", "/api/v1/reveals",
                {{"record", record}, {"fields", {"name"}}, {"reason", "入户核对"}})
        .status;
  };
  EXPECT_EQ(reveal("poverty:" + poverty_key(3, 0)), 200);
  EXPECT_EQ(reveal("civil:" + workspace::civil_key(3, 0)), 403);
}

TEST_F(LookupApiTest, AnAuthorisationShowsTheSourcesItNamesAndNoOther) {
  ask_for_authorisations();
  add_account("aud", {Role::kAuditor});
  add_account("sec", {Role::kSecurityAdmin});
  const std::string household = "poverty:" + household_no(3);
  ASSERT_EQ(call("sec", "POST", "/api/v1/authorisations",
                 {{"household", household},
                  {"sources", {"poverty"}},
                  {"from", "2020-01-01"},
                  {"to", "2099-01-01"},
                  {"document", "1"}})
                .status,
            201);
  const Answer answer = look_up("aud", {{"household", household}, {"purpose", "复核"}});
  ASSERT_EQ(answer.status, 200);
  for (const json::value& member : answer.body.at("household").at("members").as_array()) {
    for (const json::value& record : member.at("records").as_array())
      EXPECT_EQ(record.at("source").as_string(), "poverty");
  }
  EXPECT_THAT(answer.response.body, Not(HasSubstr("civil:C")));
}

// Evidence is data of a household: without its authorisation for all sources no flag is listed or
// opened, and no ledger of many households is given.
TEST_F(LookupApiTest, AnAuditorsFlagsNeedTheAuthorisationToo) {
  ask_for_authorisations();
  add_account("aud", {Role::kAuditor});
  add_account("all", {Role::kCounty});
  add_account("sec", {Role::kSecurityAdmin});
  const std::string household = "poverty:" + household_no(3);
  const auto flags = [&](const std::string& account) {
    const Answer answer = call(account, "GET", "/api/v1/flags?limit=500");
    EXPECT_EQ(answer.status, 200) << answer.response.body;
    return answer.body.at("flags").as_array();
  };
  std::string own;
  std::string others;
  for (const json::value& flag : flags("all"))
    (flag.at("household").as_string() == household ? own : others) = flag.at("flag_id").as_string();
  ASSERT_FALSE(own.empty());
  ASSERT_FALSE(others.empty());
  const auto open = [&](const std::string& flag) {
    return call("aud", "GET", "/api/v1/flags/" + flag);
  };
  EXPECT_TRUE(flags("aud").empty());
  EXPECT_EQ(open(own).code(), "authorisation_needed");
  EXPECT_EQ(call("aud", "GET", "/api/v1/flags/ledger.xlsx").code(), "authorisation_needed");
  EXPECT_EQ(call("aud", "GET", "/api/v1/flags/progress").status, 200);  // numbers only

  const auto authorise = [&](const std::string& of, const json::array& sources) {
    const Answer added = call("sec", "POST", "/api/v1/authorisations",
                              {{"household", of},
                               {"sources", sources},
                               {"from", "2020-01-01"},
                               {"to", "2099-01-01"},
                               {"document", "1"}});
    EXPECT_EQ(added.status, 201);
  };
  authorise(household, {"poverty"});
  EXPECT_TRUE(flags("aud").empty());
  EXPECT_EQ(open(own).code(), "authorisation_needed");
  authorise(household, {});
  EXPECT_FALSE(flags("aud").empty());
  for (const json::value& flag : flags("aud"))
    EXPECT_EQ(flag.at("household").as_string(), household);
  EXPECT_EQ(open(own).status, 200);
  EXPECT_EQ(open(others).code(), "authorisation_needed");
}

TEST_F(LookupApiTest, AValueInFullNeedsAReasonAndIsLogged) {
  const std::string record = "poverty:" + poverty_key(3, 0);
  const json::object order{{"record", record}, {"fields", {"id_number"}}, {"reason", "入户核对"}};
  json::object silent = order;
  silent["reason"] = "";
  EXPECT_EQ(call("cty", "POST", "/api/v1/reveals", silent).status, 400);
  const Answer answer = call("cty", "POST", "/api/v1/reveals", order);
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.at("values").at(0).at("value").as_string(), small_person(3, 0).id);
  EXPECT_EQ(audit_count("reveal"), 1U);
  add_account("there", {Role::kTownship}, "340826999");
  EXPECT_EQ(call("there", "POST", "/api/v1/reveals", order).status, 403);
  add_account("vil", {Role::kVillage}, scope() + "001");
  EXPECT_EQ(call("vil", "POST", "/api/v1/reveals", order).status, 403);
}

TEST_F(LookupApiTest, ACheckReportIsIssuedOnceForOneKey) {
  const json::object order{{"household", "poverty:" + household_no(3)}, {"purpose", "入户"}};
  Request request{
      .method = "POST",
      .path = "/api/v1/households/report",
      .headers = {{"content-type", "application/json"}, {"idempotency-key", "the-same-key"}},
      .body = json::serialize(order),
      .peer = "127.0.0.1"};
  const Answer in =
      call("", "POST", "/api/v1/sessions", {{"account", "cty"}, {"password", kPassword}});
  const std::string cookie = in.response.headers.front().second;
  request.headers["cookie"] = cookie.substr(0, cookie.find(';'));
  request.headers["x-csrf-token"] = in.body.at("csrf").as_string();
  const Answer first = call(request);
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(call(request).body.at("code"), first.body.at("code"));
  request.body = R"({"household":"poverty:other"})";
  EXPECT_EQ(call(request).code(), "conflict");
  request.headers.erase("idempotency-key");
  EXPECT_EQ(call(request).status, 400);
}

// Nothing that the service keeps or tells of itself holds a name or a number.
TEST_F(LookupApiTest, APlantedNumberIsInNoFileAndNoMetric) {
  const std::string number = small_person(3, 0).id;
  const std::string name = small_person(3, 0).name;
  std::string log;
  service_->log_requests([&](std::string_view line) { log += line; });
  look_up("cty", {{"id_number", number}});
  look_up("cty", {{"name", name}});
  const std::string metrics = call("", "GET", "/metrics").response.body;
  EXPECT_THAT(metrics, HasSubstr("operation=\"lookup\",status=\"200\"} 2"));
  const auto entries =
      read_audit(service_->store(), 0, 100, [](const AuditEntry&) { return true; });
  std::string audit;
  for (const AuditEntry& e : entries->entries)
    audit += e.subject + json::serialize(e.detail) + e.purpose;
  EXPECT_THAT(audit, HasSubstr("household/poverty:"));
  for (const std::string* const text :
       std::initializer_list<const std::string*>{&log, &metrics, &audit}) {
    EXPECT_THAT(*text, Not(HasSubstr(number)));
    EXPECT_THAT(*text, Not(HasSubstr(name)));
  }
  EXPECT_THAT(log, HasSubstr("\"operation\":\"lookup\""));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world_.path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(bytes.find(number), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find(name), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace bidui::service
