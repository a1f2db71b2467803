// Properties of evaluation over a large made-up county, and its speed.
#include "matcher/rule/evaluate.h"

#include <gtest/gtest.h>
#include <thread>

#include "matcher/rule/case_world.h"
#include "tests/matcher/rule/rule_files.h"

namespace bidui::rule {
namespace {

std::string person(const std::string& key, int household, const std::string& rest) {
  return "{\"key\":\"" + key + "\",\"household\":\"" + std::to_string(household) + "\"," + rest +
         "},";
}

// `households` poor households of three with civil, housing and allowance links; some contradict.
std::string county(int households) {
  std::string poverty;
  std::string civil;
  std::string housing;
  std::string allowance;
  std::string links;
  const auto link = [&links](const std::string& a, const std::string& b) {
    links += "[\"" + a + "\",\"" + b + "\",\"L3\"],";
  };
  for (int h = 0; h < households; ++h) {
    for (int m = 0; m < 3; ++m) {
      const std::string key = std::to_string(h) + "-" + std::to_string(m);
      const std::string name = "\"name\":\"n" + key + "\",\"generation\":" + (m < 2 ? "0" : "-1");
      poverty += person("p" + key, h,
                        name +
                            ",\"exit_status\":\"exited\",\"exit_year\":2016,\"identified_on\":"
                            "\"2014-05\",\"poverty_attribute\":\"" +
                            (h % 5 == 0 ? "allowance" : "ordinary") + "\"");
      if (h % 40 != 0 || m > 0) {
        civil += person("c" + key, h, name + ",\"marital\":\"unmarried\"");
        link("poverty:p" + key, "civil:c" + key);
      }
    }
    const std::string house = "w" + std::to_string(h);
    housing += person(
        house, h, h % 10 == 0 ? R"("grade":"d","appraised_on":"2015-01-01")" : R"("grade":"b")");
    link("poverty:p" + std::to_string(h) + "-0", "housing:" + house);
    if (h % 7 != 0) continue;
    const std::string payee = "a" + std::to_string(h);
    allowance += person(payee, h, R"("state":"active","assistance_kind":"rural_allowance")");
    link("poverty:p" + std::to_string(h) + "-0", "allowance:" + payee);
  }
  const auto source = [](const std::string& name, std::string& records) {
    records.pop_back();
    return "\"" + name + "\":{\"records\":[" + records + "]}";
  };
  links.pop_back();
  return "{\"today\":\"2017-11-30\",\"sources\":{" + source("poverty", poverty) + "," +
         source("civil", civil) + "," + source("housing", housing) + "," +
         source("allowance", allowance) + "},\"links\":[" + links + "]}";
}

class EvaluateTest : public testing::Test {
 protected:
  EvaluateTest() {
    auto rules = load_rules(test_sources(), shipped_rules());
    EXPECT_TRUE(rules.has_value()) << (rules ? "" : rules.error().describe());
    rules_ = std::make_unique<RuleSet>(std::move(*rules));
  }

  std::unique_ptr<CaseWorld> build(int households) {
    file_ = *parse_json_file("county", county(households));
    auto world = CaseWorld::build(rules_->sources(), JsonReader(*file_));
    EXPECT_TRUE(world.has_value()) << (world ? "" : world.error().describe());
    return std::move(*world);
  }

  Evaluation run(const View& view, std::uint32_t block) const {
    const Plan plan = make_plan(*rules_, view);
    Evaluation all;
    for (const SubjectRange& range : plan_ranges(plan, view, block)) {
      merge(all, evaluate(*rules_, plan, view, range));
    }
    return all;
  }

  static std::string summary(const Evaluation& e) {
    std::string text;
    for (const Finding& f : e.findings) {
      text += std::to_string(f.compiled) + ":" + std::to_string(f.record.source) + "." +
              std::to_string(f.record.row) + "/" + std::to_string(f.each ? f.each->row : 0) + " ";
    }
    for (const RuleCounts& c : e.counts) {
      text += std::to_string(c.subjects) + "," + std::to_string(c.raised) + "," +
              std::to_string(c.undecided) + "," + std::to_string(c.suppressed) + ";";
    }
    return text;
  }

  std::unique_ptr<RuleSet> rules_;
  std::unique_ptr<JsonFile> file_;
};

TEST_F(EvaluateTest, BlocksAndThreadsDoNotMatter) {
  const auto world = build(300);
  const Evaluation whole = run(*world, 1000000);
  EXPECT_GT(whole.findings.size(), 50u);
  for (const std::uint32_t block : {1u, 7u, 64u}) {
    EXPECT_EQ(summary(run(*world, block)), summary(whole)) << block;
  }
  const Plan plan = make_plan(*rules_, *world);
  const auto ranges = plan_ranges(plan, *world, 50);
  std::vector<Evaluation> parts(ranges.size());
  const auto work = [&](std::size_t first) {
    for (std::size_t i = first; i < ranges.size(); i += 2) {
      parts[i] = evaluate(*rules_, plan, *world, ranges[i]);
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  Evaluation merged;
  for (Evaluation& part : parts) merge(merged, std::move(part));
  EXPECT_EQ(summary(merged), summary(whole));
}

TEST_F(EvaluateTest, MissingSourcesAreReasonsNotFlags) {
  const auto world = build(40);
  const Plan plan = make_plan(*rules_, *world);
  std::vector<std::string> missed;
  for (const NotEvaluated& n : plan.not_evaluated) {
    missed.push_back(rules_->rule_of(rules_->compiled()[n.compiled]).id + " " +
                     rules_->sources()[n.source].name);
  }
  EXPECT_NE(std::find(missed.begin(), missed.end(), "DEAD_IN_PR death"), missed.end());
  EXPECT_NE(
      std::find(missed.begin(), missed.end(), "RELOCATED_ENTERED_PR_BY_RELOCATION relocation"),
      missed.end());
}

}  // namespace
}  // namespace bidui::rule
