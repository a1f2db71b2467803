// Every shipped rule loads and holds against the case file that stands beside it.
#include "matcher/rule/case_file.h"

#include <gtest/gtest.h>

#include "tests/matcher/rule/rule_files.h"

namespace bidui::rule {
namespace {

TEST(CaseFileTest, ShippedRulesHoldAgainstTheirCases) {
  const auto rules = load_rules(test_sources(), shipped_rules());
  ASSERT_TRUE(rules.has_value()) << rules.error().describe();
  ASSERT_GE(rules->rules().size(), 10u);
  for (const Rule& rule : rules->rules()) {
    const std::string name = "schemas/rules/cases/" + rule.id + ".json";
    const auto results = run_cases(*rules, rule.id, {name, read_text(source_path(name))});
    ASSERT_TRUE(results.has_value()) << results.error().describe();
    EXPECT_GE(results->size(), 2u) << rule.id;
    for (const CaseResult& result : *results) {
      EXPECT_EQ(result.failure.en, "") << result.place << ": " << result.note;
    }
  }
}

// A case file must show each exception holding, or the exception is not tested at all.
TEST(CaseFileTest, EveryExceptionOfAShippedRuleHasACase) {
  for (const NamedText& file : shipped_rules()) {
    const auto rule = parse_rule(file);
    ASSERT_TRUE(rule.has_value()) << rule.error().describe();
    const auto cases = read_text(source_path("schemas/rules/cases/" + rule->id + ".json"));
    for (const Exception& exception : rule->exceptions) {
      EXPECT_NE(cases.find("\"" + exception.id + "\""), std::string::npos)
          << rule->id << ": " << exception.id;
    }
  }
}

}  // namespace
}  // namespace bidui::rule
