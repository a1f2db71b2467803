// tests/cases/rule/expression.tsv: expression, expected value or error, note.
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "matcher/rule/case_world.h"
#include "matcher/rule/compiler.h"
#include "matcher/rule/evaluator.h"
#include "tests/matcher/rule/rule_files.h"

namespace bidui::rule {
namespace {

struct Case {
  std::string place;
  std::string expression;
  std::string expected;
};

std::vector<Case> read_cases(const std::string& relative) {
  std::vector<Case> cases;
  std::ifstream in(source_path(relative));
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    Case c{.place = relative + ":" + std::to_string(number), .expression = {}, .expected = {}};
    std::getline(cells, c.expression, '\t');
    std::getline(cells, c.expected, '\t');
    cases.push_back(c);
  }
  return cases;
}

std::string show(const Value& value) {
  if (value.is_unknown()) return "unknown";
  if (value.kind == ValueKind::kBoolean) return value.boolean ? "true" : "false";
  if (value.kind == ValueKind::kList) {
    return "list " + std::to_string(value.list.sure) + "/" + std::to_string(value.list.total) +
           (value.list.open ? " open" : "");
  }
  if (value.kind == ValueKind::kRecord) return "record";
  return display_value(value);
}

class ExpressionTest : public testing::Test {
 protected:
  ExpressionTest() {
    file_ = *parse_json_file("world", read_text(source_path("tests/cases/rule/world.json")));
    auto world = CaseWorld::build(sources_, JsonReader(*file_));
    EXPECT_TRUE(world.has_value()) << (world ? "" : world.error().describe());
    world_ = std::move(*world);
  }

  // r is poverty:p1, h its household, q poverty:p2, c civil:c1.
  std::string run(const std::string& expression) {
    Compiler compiler(sources_);
    compiler.add_variable("r", Type::record(0));
    compiler.add_variable("h", Type::household(0));
    compiler.add_variable("q", Type::record(0));
    const auto civil = static_cast<SourceIndex>(find_source(sources_, "civil"));
    compiler.add_variable("c", Type::record(civil));
    const auto compiled = compiler.compile(ExpressionText(expression));
    if (!compiled) {
      EXPECT_NE(compiled.error().message_zh, "") << expression;
      return "error " + compiled.error().describe();
    }
    const Program program = compiler.take_program();
    Scratch scratch;
    RecentValues recent(*world_);
    Evaluator evaluator(*world_, program, scratch, recent);
    evaluator.set_variable(0, Value::of_record({0, 0}));
    evaluator.set_variable(1, Value::of_household({0, 0}));
    evaluator.set_variable(2, Value::of_record({0, 1}));
    evaluator.set_variable(3, Value::of_record({civil, 0}));
    return show(evaluator.run(compiled->node));
  }

  std::vector<SourceType> sources_ = test_sources();
  std::unique_ptr<JsonFile> file_;
  std::unique_ptr<CaseWorld> world_;
};

TEST_F(ExpressionTest, GivesTheValuesAndErrorsOfTheTable) {
  const auto cases = read_cases("tests/cases/rule/expression.tsv");
  ASSERT_GT(cases.size(), 100u);
  for (const Case& c : cases) {
    const std::string found = run(c.expression);
    if (c.expected.starts_with("error ")) {
      EXPECT_TRUE(found.starts_with(c.expected)) << c.place << ": " << c.expression << "\n  wanted "
                                                 << c.expected << "\n  found  " << found;
    } else {
      EXPECT_EQ(found, c.expected) << c.place << ": " << c.expression;
    }
  }
}

// Every pair of truth values, spelled with expressions that have them in the world.
TEST_F(ExpressionTest, ThreeValuedLogicFollowsItsTruthTable) {
  const std::vector<std::pair<std::string, int>> values = {
      {"true", 1}, {"false", 0}, {"(r.income == 1)", -1}};
  const auto name = [](int v) { return v == 1 ? "true" : v == 0 ? "false" : "unknown"; };
  for (const auto& [a, va] : values) {
    EXPECT_EQ(run("!" + a), name(va == -1 ? -1 : 1 - va));
    EXPECT_EQ(run(a + " ? 1 : 2"), va == -1 ? "unknown" : va == 1 ? "1" : "2");
    for (const auto& [b, vb] : values) {
      const int both = va == 0 || vb == 0 ? 0 : va == 1 && vb == 1 ? 1 : -1;
      const int any = va == 1 || vb == 1 ? 1 : va == 0 && vb == 0 ? 0 : -1;
      EXPECT_EQ(run(a + " && " + b), name(both)) << a << b;
      EXPECT_EQ(run(a + " || " + b), name(any)) << a << b;
      EXPECT_EQ(run(a + " == " + b), name(va == -1 || vb == -1 ? -1 : va == vb)) << a << b;
    }
  }
}

TEST_F(ExpressionTest, SurvivesAnyCutAndAnyDoubledByteOfAnExpression) {
  const std::string whole =
      "h.links('civil', L2).filter(x, x.birth + days(30) < date('2000-01-01')).all(x, has(x.sex) "
      "&& !(x.name in ['张三', \"b\\n\"]) || -1.5 * 2 >= age(x.birth) ? true : false)";
  for (std::size_t i = 0; i <= whole.size(); ++i) {
    run(whole.substr(0, i));
    run(whole.substr(i));
    std::string doubled = whole;
    if (i < whole.size()) doubled.insert(i, 1, whole[i]);
    run(doubled);
  }
  EXPECT_TRUE(run(std::string(5000, '(')).starts_with("error "));
  EXPECT_TRUE(run(std::string(1500, '!') + "true").starts_with("error "));
}

}  // namespace
}  // namespace bidui::rule
