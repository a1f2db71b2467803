#include "matcher/flag/make_flag.h"

#include <algorithm>
#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <map>

#include "matcher/rule/case_world.h"
#include "tests/matcher/rule/rule_files.h"

namespace bidui::flag {
namespace {

constexpr const char* kWorld = R"({
  "today": "2017-11-30",
  "sources": {
    "poverty": {"records": [
      {"key": "p1", "household": "H1", "name": "张三", "id_number": "500235197001010011",
       "exit_status": "exited", "exit_year": 2016, "township": "千岭乡", "division": "500235100201"}]},
    "housing": {"as_of": "AS_OF", "records": [
      {"key": "w1", "file_no": "w1", "name": "张三", "grade": "GRADE", "appraised_on": "2015-03"}]}
  },
  "links": [["poverty:p1", "housing:w1", "L2"]]
})";

std::vector<Flag> flags_of(const std::string& grade, const std::string& as_of) {
  std::string text = kWorld;
  text.replace(text.find("GRADE"), 5, grade);
  text.replace(text.find("AS_OF"), 5, as_of);
  const auto rules = rule::load_rules(rule::test_sources(), rule::shipped_rules());
  EXPECT_TRUE(rules.has_value());
  const auto file = *rule::parse_json_file("world", text);
  const auto world = rule::CaseWorld::build(rules->sources(), rule::JsonReader(*file));
  EXPECT_TRUE(world.has_value());
  const rule::Plan plan = rule::make_plan(*rules, **world);
  rule::Evaluation all;
  for (const auto& range : rule::plan_ranges(plan, **world, 10)) {
    rule::merge(all, rule::evaluate(*rules, plan, **world, range));
  }
  std::vector<Flag> flags;
  for (const rule::Finding& finding : all.findings)
    flags.push_back(make_flag(finding, *rules, **world));
  std::ranges::sort(flags, ranks_before);
  return flags;
}

TEST(MakeFlagTest, EvidenceShowsRecordsFieldsLevelsAndExceptions) {
  const auto flags = flags_of("d", "2017-10-20");
  ASSERT_EQ(flags.size(), 1u);
  const Flag& flag = flags.front();
  EXPECT_EQ(flag.rule, "EXIT_WITH_DANGEROUS_HOUSE");
  EXPECT_EQ(flag.source + ":" + flag.subject, "poverty:H1");
  EXPECT_EQ(subject_kind_name(flag.subject_kind), "household");
  EXPECT_EQ(rule::severity_name(flag.severity), "H");
  EXPECT_EQ(rule::level_name(flag.level), "L2");
  EXPECT_EQ(flag.division, "500235100201");
  const auto evidence = boost::json::parse(flag.evidence).as_object();
  const auto& house = evidence.at("shown").at(1);
  EXPECT_EQ(house.at("records").at(0).at("record"), "housing:w1");
  EXPECT_EQ(house.at("records").at(0).at("level"), "L2");
  EXPECT_NE(flag.evidence.find(R"({"field":"appraised_on","title":"鉴定时间","value":"2015-03"})"),
            std::string::npos);
  EXPECT_EQ(evidence.at("exceptions_undecided").at(0).at("id"), "resettled");
  EXPECT_FALSE(evidence.at("visit").as_array().empty());
}

// Members sorted by name, at every depth.
std::string in_canonical_form(const boost::json::value& value) {
  std::string out;
  if (const auto* object = value.if_object()) {
    std::map<std::string, std::string> members;
    for (const auto& member : *object) members[member.key()] = in_canonical_form(member.value());
    for (const auto& [name, text] : members)
      out += (out.empty() ? "\"" : ",\"") + name + "\":" + text;
    return "{" + out + "}";
  }
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) out += (out.empty() ? "" : ",") + in_canonical_form(element);
    return "[" + out + "]";
  }
  return boost::json::serialize(value);
}

TEST(MakeFlagTest, EvidenceIsInCanonicalForm) {
  for (const Flag& flag : flags_of("d", "2017-10-20"))
    EXPECT_EQ(flag.evidence, in_canonical_form(boost::json::parse(flag.evidence)));
}

TEST(MakeFlagTest, EachIsReadFromTheEvidence) {
  EXPECT_EQ(each_of(R"({"each":"civil:R17","rule_version":1})"), "civil:R17");
  EXPECT_EQ(each_of(R"({"each":"civil:a\"\\","rule_version":1})"), "civil:a\"\\");
  EXPECT_EQ(each_of(R"({"rule_version":1,"shown":[{"each":"x"}]})"), "");
  for (const std::string_view broken :
       {"", "{", R"({"each":)", R"({"each":")", R"({"each":"a\)", R"({"each":7})"})
    EXPECT_EQ(each_of(broken), "");
}

TEST(MakeFlagTest, PersonalValuesAreMasked) {
  for (const Flag& flag : flags_of("d", "2017-10-20")) {
    EXPECT_EQ(flag.evidence.find("张三"), std::string::npos);
    EXPECT_EQ(flag.evidence.find("500235197001010011"), std::string::npos);
  }
}

TEST(MakeFlagTest, IdentityStaysAndTheHashFollowsTheEvidence) {
  const Flag d = flags_of("d", "2017-10-20").at(0);
  const Flag later = flags_of("d", "2017-11-20").at(0);
  const Flag c = flags_of("c", "2017-10-20").at(0);
  EXPECT_EQ(d.flag_id, later.flag_id);
  EXPECT_EQ(d.evidence_hash, later.evidence_hash);  // a newer delivery that says the same
  EXPECT_EQ(d.flag_id, c.flag_id);
  EXPECT_NE(d.evidence_hash, c.evidence_hash);
  EXPECT_EQ(rule::severity_name(c.severity), "M");
}

}  // namespace
}  // namespace bidui::flag
