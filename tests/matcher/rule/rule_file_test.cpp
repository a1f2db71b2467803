#include "matcher/rule/rule_file.h"

#include <gtest/gtest.h>

#include "tests/matcher/rule/rule_files.h"

namespace bidui::rule {
namespace {

constexpr const char* kSmallRule = R"({
  "id": "SMALL", "version": 1, "title": "小", "title_en": "small", "severity": "L",
  "level": "L1", "deadline_days": 1, "basis": "x", "touches": "data_quality",
  "subject": {"kind": "record", "sources": ["poverty"]},
  "needs": ["civil"],
  "parameters": [{"name": "limit", "title": "限", "default": 3}],
  "when": ["r.household_size > limit",
           "&& \"张三\" != 'x' && r.exit_year > 2000"],
  "evidence": [{"title": "记录", "show": "r", "fields": ["name"]}]
})";

// Loads kSmallRule after one replacement, and returns the error.
std::string error_after(const std::string& from, const std::string& to,
                        const std::optional<NamedText>& layer = {}) {
  std::string text = kSmallRule;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto profile = Profile::parse(layer ? std::span(&*layer, 1) : std::span<NamedText>());
  if (!profile) return profile.error().describe();
  const auto rules =
      load_rules(test_sources(), std::vector<NamedText>{{"small.json", text}}, *profile);
  if (rules) return "";
  EXPECT_NE(rules.error().message_zh, "") << rules.error().describe();
  return rules.error().describe();
}

TEST(RuleFileTest, LoadsASmallRule) { EXPECT_EQ(error_after("small", "tiny"), ""); }

TEST(RuleFileTest, ErrorsNameFileLineAndColumn) {
  EXPECT_EQ(error_after("household_size", "hosehold_size"),
            "SMALL: small.json:7:15: poverty has no field 'hosehold_size'; did you mean "
            "'household_size'?");
  // Behind an escaped quote and Chinese characters the column is still the file's.
  EXPECT_EQ(error_after("r.exit_year", "r.exit_yaer"),
            "SMALL: small.json:8:35: poverty has no field 'exit_yaer'; did you mean 'exit_year'?");
  EXPECT_EQ(error_after("\"when\"", "\"wehn\""),
            "small.json:7:11: unknown key 'wehn'; did you mean 'when'?");
  EXPECT_EQ(error_after("\"severity\": \"L\"", "\"severity\": \"X\""),
            "small.json:2:79: severity is one of H, M, L, I");
  EXPECT_EQ(error_after("\"data_quality\"", "\"nothing\""),
            "small.json:3:63: touches is 'entitlement' or 'data_quality'");
  EXPECT_EQ(error_after("\"touches\": \"data_quality\",", ""),
            "small.json:1:1: 'touches' is missing");
  EXPECT_EQ(error_after("\"deadline_days\": 1,", "\"deadline_days\": \"1\","),
            "small.json:3:35: a number should stand here");
  EXPECT_EQ(error_after("[\"name\"]", "[\"nmae\"]").substr(0, 52),
            "SMALL: small.json:9:41: poverty has no field 'nmae' ");
  EXPECT_EQ(error_after("[\"civil\"]", "[\"civl\"]"),
            "SMALL: unknown source 'civl'; did you mean 'civil'?");
  EXPECT_EQ(error_after("\"needs\":", "\"needs\" "),
            "small.json:5:12: this is not JSON: syntax error");
  EXPECT_EQ(error_after("\"limit\", \"title\"", "\"today\", \"title\""),
            "SMALL: the name 'today' is taken");
}

TEST(RuleFileTest, AProfileChangesParametersAndRefusesWhatIsUnknown) {
  const auto with = [](const std::string& entry) {
    return error_after("small", "small", NamedText{"county.json", "{\"rules\": " + entry + "}"});
  };
  EXPECT_EQ(with(R"({"SMALL": {"severity": "H", "parameters": {"limit": 5}}})"), "");
  EXPECT_EQ(with(R"({"SMAL": {}})"),
            "county.json:1:20: there is no rule 'SMAL'; did you mean 'SMALL'?");
  EXPECT_EQ(with(R"({"SMALL": {"parameters": {"limt": 5}}})"),
            "county.json:1:45: SMALL has no parameter 'limt'; did you mean 'limit'?");
  EXPECT_EQ(with(R"({"SMALL": {"parameters": {"limit": "5"}}})"),
            "county.json:1:46: a number should stand here");
}

TEST(RuleFileTest, AProfileEntersTheContentHash) {
  const std::vector<NamedText> files = {{"small.json", kSmallRule}};
  const auto plain = load_rules(test_sources(), files);
  const auto changed = load_rules(test_sources(), files,
                                  NamedText{"p", R"({"rules": {"SMALL": {"grace_days": 3}}})"});
  const auto without = load_rules(test_sources(), files,
                                  NamedText{"p", R"({"rules": {"SMALL": {"enabled": false}}})"});
  ASSERT_TRUE(plain && changed && without);
  EXPECT_NE(plain->content_hash(), changed->content_hash());
  EXPECT_TRUE(without->rules().empty());
}

TEST(RuleFileTest, PersonalValuesCannotStandInEvidenceUnmasked) {
  EXPECT_EQ(error_after(R"("show": "r", "fields": ["name"])", R"("show": "r.name")"),
            "SMALL: small.json:9:41: a personal value is shown by the record and its 'fields', "
            "masked");
}

TEST(RuleFileTest, SurvivesAnyCutOfAFile) {
  const std::string text = kSmallRule;
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(parse_rule({"cut.json", text.substr(0, i)}).has_value()) << i;
  }
}

}  // namespace
}  // namespace bidui::rule
