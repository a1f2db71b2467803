#include "matcher/rule/rule_file.h"

#include <algorithm>
#include <gmock/gmock.h>

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

Result<RuleSet> load_small(const std::vector<std::string>& layers) {
  std::vector<NamedText> texts;
  for (const std::string& layer : layers) texts.push_back({"profile.json", layer});
  const auto profile = Profile::parse(texts);
  if (!profile) return profile.error();
  return load_rules(test_sources(), std::vector<NamedText>{{"small.json", kSmallRule}}, *profile);
}

// Loads kSmallRule after one replacement, and returns the error.
std::string error_after(const std::string& from, const std::string& to,
                        const std::optional<NamedText>& layer = {}) {
  std::string text = kSmallRule;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto profile =
      Profile::parse(layer ? std::span<const NamedText>(&*layer, 1) : std::span<const NamedText>());
  if (!profile) return profile.error().describe();
  const auto rules =
      load_rules(test_sources(), std::vector<NamedText>{{"small.json", text}}, *profile);
  if (rules) return "";
  EXPECT_NE(rules.error().message_zh, "") << rules.error().describe();
  return rules.error().describe();
}

// Han characters, and the punctuation and letters of full width.
bool has_chinese(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

// Each English text of a rule, with where it stands.
std::vector<std::pair<std::string, std::string>> english_of(const Rule& rule) {
  std::vector<std::pair<std::string, std::string>> texts{{"title_en", rule.title_en}};
  for (const Parameter& p : rule.parameters) texts.emplace_back("parameter " + p.name, p.title_en);
  for (const Exception& e : rule.exceptions) texts.emplace_back("exception " + e.id, e.title_en);
  for (const VisitQuestion& q : rule.visit) texts.emplace_back("visit " + q.id, q.title_en);
  for (const EvidenceItem& e : rule.evidence) texts.emplace_back("evidence " + e.title, e.title_en);
  for (const Bilingual& b : rule.basis) texts.emplace_back("basis " + b.zh, b.en);
  return texts;
}

TEST(RuleFileTest, EveryShippedRuleSaysAllInEnglishToo) {
  for (const NamedText& file : shipped_rules()) {
    const auto rule = parse_rule(file);
    ASSERT_TRUE(rule.has_value()) << rule.error().describe();
    for (const auto& [where, text] : english_of(*rule))
      EXPECT_FALSE(text.empty() || has_chinese(text)) << file.name << ": " << where << ": " << text;
  }
}

TEST(ProfileTest, EveryShippedProfileSaysAllInEnglishToo) {
  std::vector<Rule> rules;
  for (const NamedText& file : shipped_rules()) rules.push_back(*parse_rule(file));
  for (const std::string name : {"default.json", "example.json"}) {
    const std::vector<NamedText> layers = {
        {name, read_text(source_path("schemas/profiles/" + name))}};
    const auto profile = Profile::parse(layers);
    ASSERT_TRUE(profile.has_value()) << profile.error().describe();
    EXPECT_FALSE(has_chinese(profile->title_en())) << name;
    std::vector<Rule> changed = rules;
    std::vector<Rule> off;
    ASSERT_TRUE(profile->apply(changed, off));
    for (const Rule& rule : changed) {
      for (const Bilingual& basis : rule.basis)
        EXPECT_FALSE(has_chinese(basis.en)) << name << ": " << rule.id << ": " << basis.en;
    }
  }
}

TEST(RuleFileTest, WithoutEnglishTheChineseServes) {
  const auto rules = load_small({});
  ASSERT_TRUE(rules.has_value()) << rules.error().describe();
  const Rule& rule = rules->rules().front();
  EXPECT_EQ(rule.parameters.front().title_en, "限");
  EXPECT_EQ(rule.evidence.front().title_en, "记录");
  EXPECT_EQ(rule.basis.front().en, "x");
  EXPECT_EQ(error_after("\"title\": \"记录\"", "\"title\": \"记录\", \"title_en\": \"record\""),
            "");
  EXPECT_THAT(error_after("\"title\": \"记录\"", "\"title\": \"记录\", \"titel_en\": \"record\""),
              testing::HasSubstr("did you mean 'title_en'?"));
  EXPECT_THAT(error_after("\"basis\": \"x\"", "\"basis\": \"x\", \"basis_en\": [\"x\", \"y\"]"),
              testing::HasSubstr("basis_en has an item for each of basis"));
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
  const auto changed = load_small({R"({"rules": {"SMALL": {"grace_days": 3}}})"});
  const auto without = load_small({R"({"rules": {"SMALL": {"enabled": false}}})"});
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

TEST(ProfileTest, LaterLayersGoOverEarlierOnes) {
  const std::vector<NamedText> layers = {
      {"default.json", R"({"name": "default", "contest_days": 15})"},
      {"county.json", R"({"name": "county", "title": "某县"})"}};
  const auto profile = Profile::parse(layers);
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->name(), "county");
  EXPECT_EQ(profile->title(), "某县");
  EXPECT_EQ(profile->contest_days(), 15);
  EXPECT_NE(profile->content_hash(), Profile::parse({&layers[0], 1})->content_hash());
  EXPECT_EQ(Profile().content_hash(), 0u);
}

TEST(ProfileTest, ACommonParameterGoesToEveryRuleThatHasIt) {
  const auto rules = load_small({R"({"parameters": {"limit": 7}})"});
  ASSERT_TRUE(rules.has_value()) << rules.error().describe();
  EXPECT_EQ(rules->rules().front().parameters.front().numbers.front(), 7);
  EXPECT_NE(rules->content_hash(), load_small({})->content_hash());
  EXPECT_EQ(load_small({R"({"parameters": {"limt": 7}})"}).error().describe(),
            "profile.json:1:25: no rule has a parameter 'limt'; did you mean 'limit'?");
}

TEST(ProfileTest, AListStrikesOrExaminesItsRules) {
  const auto id = load_small({})->rules().front().id;
  const auto rules =
      load_small({R"({"lists": [{"title": "四类人员", "strike": [")" + id + R"("]}]})"});
  ASSERT_TRUE(rules.has_value()) << rules.error().describe();
  EXPECT_EQ(rules->rules().front().severity, Severity::kHigh);
  EXPECT_EQ(rules->rules().front().basis.back().zh, "四类人员（清退）");
  EXPECT_EQ(rules->rules().front().basis.back().en, "四类人员 (to be struck off)");
  const auto own = load_small({R"({"lists": [{"title": "甲", "strike": [")" + id + R"("]}]})",
                               R"({"lists": [{"title": "乙", "rules": [")" + id + R"("]}]})"});
  EXPECT_EQ(own->rules().front().basis.back().zh, "乙");
  EXPECT_NE(own->rules().front().severity, Severity::kHigh);
}

TEST(ProfileTest, ARuleThatIsSwitchedOffIsKeptApart) {
  const auto id = load_small({})->rules().front().id;
  const std::string off = R"({"rules": {")" + id + R"(": {"enabled": false}}})";
  const std::string on = R"({"rules": {")" + id + R"(": {"enabled": true}}})";
  const auto rules = load_small({off});
  ASSERT_TRUE(rules.has_value()) << rules.error().describe();
  EXPECT_TRUE(rules->rules().empty());
  ASSERT_EQ(rules->switched_off().size(), 1u);
  EXPECT_EQ(rules->switched_off().front().id, id);
  EXPECT_EQ(load_small({off, on})->rules().size(), 1u);
}

TEST(ProfileTest, ErrorsNameThePlace) {
  EXPECT_EQ(load_small({"{\n \"contest_days\": 0}"}).error().describe(),
            "profile.json:2:18: a household has one day at least to contest");
  EXPECT_NE(load_small({R"({"rule": {}})"}).error().describe().find("did you mean 'rules'"),
            std::string::npos);
  EXPECT_NE(load_small({R"({"lists": [{"title": "甲", "strike": ["NO"]}]})"})
                .error()
                .describe()
                .find("there is no rule 'NO'"),
            std::string::npos);
}

}  // namespace
}  // namespace bidui::rule
