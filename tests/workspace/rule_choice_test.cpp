// A county's own profile and rules, from the file to the run and to what people do about flags.
#include <fstream>
#include <gmock/gmock.h>

#include "matcher/rule/calendar.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/take_steps.h"

namespace bidui::workspace {
namespace {

using flag::Action;
using flag::Outcome;
using flag::Role;
using testing::HasSubstr;

constexpr std::string_view kDead = "DEAD_IN_PR";
constexpr const char* kOtherDeath =
    "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期\nS2,钱某,男,,19200101,20150101\n";
constexpr const char* kOwnRule = R"({
  "id": "OWN", "version": 1, "title": "本县规则", "title_en": "own", "severity": "L", "level": "L1",
  "deadline_days": 1, "basis": "x", "touches": "entitlement",
  "subject": {"kind": "household", "sources": ["poverty"]},
  "when": "h.members.size() == 2",
  "evidence": [{"title": "户主", "show": "h.head", "fields": ["household_no"]}]
})";

flag::DayNumber day(std::string_view text) { return rule::parse_date_text(text)->first; }

flag::Step step(Action action, Role role, std::string_view on, Outcome outcome = Outcome::kNone) {
  return {.action = action,
          .outcome = outcome,
          .role = role,
          .by = "赵六",
          .on = day(on),
          .reason = action == Action::kCheck ? flag::Reason::kFactsHold : flag::Reason::kNone,
          .note = "已办",
          .assignee = action == Action::kAssign ? "三冲村" : "",
          .where = "扶贫系统",
          .date = action == Action::kCheck ? std::optional(day(on)) : std::nullopt};
}

class RuleChoiceTest : public testing::Test {
 protected:
  RuleChoiceTest() : world_(directory_.path()) {}

  Workspace& workspace() { return world_.workspace(); }
  void write(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  std::filesystem::path own() { return workspace().directory(); }
  CompareReport compare(const RuleChoice& choice = {}) {
    auto run = workspace::compare(workspace(), {.rules = choice, .report = false});
    EXPECT_TRUE(run) << run.error().describe();
    return std::move(*run);
  }
  std::vector<std::string> flags_of(std::string_view rule) {
    const auto all = load_flag_states(workspace().store());
    std::vector<std::string> ids;
    for (const FlagState& state : *all) {
      if (state.flag.rule == rule) ids.push_back(state.flag.flag_id);
    }
    return ids;
  }
  Result<StepsTaken> take(const std::string& id, const flag::Step& what) {
    return take_steps(workspace(), {id}, {.step = what});
  }
  const RuleOutcome& outcome(const CompareReport& run, std::string_view rule) {
    return *std::ranges::find(run.rules, rule, &RuleOutcome::rule);
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(RuleChoiceTest, FlagsOfARuleThatIsSwitchedOffStayAsTheyAre) {
  compare();
  const std::string id = flags_of(kDead).front();
  for (const flag::Step& what :
       {step(Action::kAssign, Role::kTownship, "2017-12-20"),
        step(Action::kCheck, Role::kVillage, "2017-12-21", Outcome::kTrue),
        step(Action::kDecide, Role::kCounty, "2017-12-22", Outcome::kCorrect),
        step(Action::kRectify, Role::kSourceOfficer, "2017-12-23"),
        step(Action::kConfirm, Role::kTownship, "2017-12-24"),
        step(Action::kConfirm, Role::kCounty, "2017-12-24")}) {
    const auto taken = take(id, what);
    ASSERT_TRUE(taken) << taken.error().describe();
  }
  world_.import_again("death", "2017-12-15", kOtherDeath);
  write(own() / "profile.json", R"({"name": "ours", "rules": {"DEAD_IN_PR": {"enabled": false}}})");
  const CompareReport off = compare();
  EXPECT_EQ(off.settled.closed, 0U);
  EXPECT_THAT(outcome(off, kDead).not_evaluated.zh, HasSubstr("停用"));
  EXPECT_EQ(find_flag(workspace(), id)->state.flag.status, flag::Status::kNew) << "as it was";
  EXPECT_THAT(off.summary, HasSubstr(R"("profile":{"name":"ours")"));
  std::filesystem::remove(own() / "profile.json");
  EXPECT_EQ(compare().settled.closed, 1U);
}

TEST_F(RuleChoiceTest, AWorkspaceHasRulesOfItsOwnAndADirectoryMayReplaceThem) {
  write(own() / "rules" / "OWN.json", kOwnRule);
  const CompareReport run = compare();
  EXPECT_EQ(flags_of("OWN").size(), 1U) << "household 4 lacks its child";
  EXPECT_GT(run.rules.size(), 30U) << "the shipped ones too";
  write(directory_.path() / "more" / "OWN.json",
        std::string(kOwnRule).replace(std::string(kOwnRule).find("== 2"), 4, "== 3"));
  compare({.rules = directory_.path() / "more"});
  EXPECT_EQ(flags_of("OWN").size(), 30U);
  write(own() / "rules" / "OWN.json", R"({"id": "OWN"})");
  const auto bad = workspace::compare(workspace(), {.report = false});
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().describe(), HasSubstr("OWN.json:1:1"));
}

// Another list of a source's kind, which no shipped rule looks at.
TEST_F(RuleChoiceTest, ARuleMayNameAnInstanceOfASource) {
  std::string text = kOwnRule;
  text.replace(text.find("\"poverty\""), 9, "\"poverty@county\"");
  write(own() / "rules" / "OWN.json", text);
  const RuleOutcome nothing = outcome(compare(), "OWN");
  EXPECT_THAT(nothing.not_evaluated.zh, HasSubstr("poverty@county"));
  EXPECT_THAT(nothing.not_evaluated.en, HasSubstr("no delivery of poverty@county"));
  const SmallPerson head = small_person(40, 0);
  const SmallPerson spouse = small_person(40, 1);
  world_.import_again("poverty@county", "2017-11-20",
                      "户编号,人编号,姓名,证件号码,与户主关系\nX1,X1-0," + head.name + "," +
                          head.id + ",户主\nX1,X1-1," + spouse.name + "," + spouse.id + ",配偶\n");
  EXPECT_EQ(outcome(compare(), "OWN").not_evaluated.zh, "");
  EXPECT_EQ(flags_of("OWN").size(), 1U);
}

TEST_F(RuleChoiceTest, TheProfileSaysHowLongAHouseholdMayContest) {
  write(own() / "rules" / "OWN.json", kOwnRule);
  write(own() / "profile.json", R"({"name": "ours", "contest_days": 30})");
  compare();
  const std::string id = flags_of("OWN").front();
  ASSERT_TRUE(take(id, step(Action::kAssign, Role::kTownship, "2017-12-01")));
  ASSERT_TRUE(take(id, step(Action::kCheck, Role::kVillage, "2017-12-01", Outcome::kTrue)));
  ASSERT_TRUE(take(id, step(Action::kNotify, Role::kTownship, "2017-12-01")));
  const flag::Step decide = step(Action::kDecide, Role::kCounty, "2017-12-20", Outcome::kAdverse);
  EXPECT_THAT(take(id, decide).error().message_zh, HasSubstr("2017-12-31"));
  compare({.profile = "default"});
  EXPECT_TRUE(take(id, decide)) << "fifteen days, as the newest run's profile has it";
}

TEST_F(RuleChoiceTest, ARunKeepsItsRulesAndProfile) {
  write(own() / "profile.json", R"({"name": "ours", "contest_days": 30})");
  const CompareReport run = compare();
  const auto kept = workspace().store().read_artefact(run.run_id, "rule_files");
  ASSERT_TRUE(kept);
  const auto files = decode_rule_files(*kept);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->profile.size(), 2U);
  const auto again = load_rule_set(known_source_types().value(), *files);
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_EQ(again->content_hash(), run.world->rules->content_hash());
  EXPECT_EQ(profile_in_force(workspace().store())->contest_days(), 30);
  EXPECT_EQ(decode_rule_files("{}").error().code, ErrorCode::kCorrupt);
}

TEST_F(RuleChoiceTest, AnUnknownProfileIsToldWithThoseThereAre) {
  const auto run = workspace::compare(workspace(), {.rules = {.profile = "nowhere"}});
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(run.error().message_zh, HasSubstr("default"));
}

}  // namespace
}  // namespace bidui::workspace
