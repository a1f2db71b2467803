// Flags from open to closed, over runs on changing deliveries.
#include <gmock/gmock.h>

#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/constraint.h"
#include "workspace/rule_precision.h"
#include "workspace/take_steps.h"

namespace bidui::workspace {
namespace {

using flag::Action;
using flag::Outcome;
using flag::Reason;
using flag::Role;
using flag::State;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kDead = "DEAD_IN_PR";  // on data quality
constexpr const char* kOtherDeath =
    "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期\nS2,钱某,男,,19200101,20150101\n";

flag::DayNumber day(std::string_view text) { return rule::parse_date_text(text)->first; }

StepOrder assign() {
  return {.step = {.action = Action::kAssign,
                   .role = Role::kTownship,
                   .by = "李四",
                   .on = day("2017-12-20"),
                   .assignee = "三冲村"}};
}

StepOrder check(Outcome outcome, Reason reason) {
  return {.step = {.action = Action::kCheck,
                   .outcome = outcome,
                   .role = Role::kVillage,
                   .by = "王会计",
                   .on = day("2017-12-22"),
                   .reason = reason,
                   .note = "入户看过",
                   .date = day("2017-12-21")}};
}

// Without a reason: that of the check.
StepOrder dismiss(std::string_view until) {
  return {.step = {.action = Action::kDismiss,
                   .role = Role::kTownship,
                   .by = "李四",
                   .on = day("2017-12-23"),
                   .date = day(until)}};
}

StepOrder plain(Action action, Role role, Outcome outcome = Outcome::kNone) {
  return {.step = {.action = action,
                   .outcome = outcome,
                   .role = role,
                   .by = "赵六",
                   .on = day("2017-12-24"),
                   .note = "已办",
                   .where = "扶贫系统"}};
}

class DispositionRun : public testing::Test {
 protected:
  DispositionRun() : world_(directory_.path()) {}

  Workspace& workspace() { return world_.workspace(); }
  CompareReport compare(const std::string& as_of = {}) {
    auto run = workspace::compare(workspace(), {.as_of = as_of, .report = false});
    EXPECT_TRUE(run) << run.error().describe();
    return std::move(*run);
  }
  // The only flag of the rule, whatever was done about it.
  std::string only_flag(std::string_view rule) {
    const auto all = load_flag_states(workspace().store());
    std::string id;
    for (const FlagState& state : *all) {
      if (state.flag.rule == rule) id = state.flag.flag_id;
    }
    EXPECT_NE(id, "");
    return id;
  }
  void take(const std::string& id, const StepOrder& order) {
    const auto taken = take_steps(workspace(), {id}, order);
    ASSERT_TRUE(taken) << taken.error().describe();
  }
  Error refusal(const std::string& id, const StepOrder& order) {
    const auto taken = take_steps(workspace(), {id}, order);
    EXPECT_FALSE(taken);
    return taken ? Error{} : taken.error();
  }
  ShownFlag shown(const std::string& id) { return find_flag(workspace(), id).value(); }
  State state(const std::string& id) { return shown(id).done.disposition.state(); }
  std::string status(const std::string& id) {
    return std::string(flag::status_name(shown(id).state.flag.status));
  }
  bool is_listed(const std::string& id, const FlagFilter& filter = {}) {
    const auto list = list_flags(workspace(), filter);
    return std::ranges::any_of(
        list->flags, [&](const ShownFlag& flag) { return flag.state.flag.flag_id == id; });
  }
  // "assign check …", with the program's notes.
  std::string history(const std::string& id) {
    std::string text;
    for (const KeptStep& kept : shown(id).steps) {
      text += (text.empty() ? "" : " ") + std::string(flag::word_of(kept.taken.step.action).name);
      if (kept.taken.step.role == Role::kProgram) text += "(" + kept.taken.step.note + ")";
    }
    return text;
  }
  void expect_journal_holds() {
    EXPECT_EQ(workspace().store().verify_journal()->fault, store::JournalCheck::Fault::kNone);
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(DispositionRun, AFlagLivesFromOpenToClosedAndMayComeBack) {
  compare();
  const std::string id = only_flag(kDead);
  EXPECT_EQ(state(id), State::kOpen);
  take(id, assign());
  EXPECT_EQ(*shown(id).done.disposition.last(Action::kAssign)->step.date,
            day("2017-12-20") + shown(id).deadline_days)
      << "the rule's own deadline";
  take(id, check(Outcome::kTrue, Reason::kFactsHold));
  take(id, plain(Action::kDecide, Role::kCounty, Outcome::kCorrect));
  take(id, plain(Action::kRectify, Role::kSourceOfficer));
  take(id, plain(Action::kConfirm, Role::kTownship));
  EXPECT_EQ(state(id), State::kRectified) << "signed by the township only";
  EXPECT_EQ(compare().settled.closed, 0U);
  take(id, plain(Action::kConfirm, Role::kCounty));
  EXPECT_EQ(compare().settled.closed, 0U) << "the sources do not agree yet";
  EXPECT_EQ(state(id), State::kConfirmed);
  world_.import_again("death", "2017-12-15", kOtherDeath);
  EXPECT_EQ(compare().settled.closed, 1U);
  EXPECT_EQ(state(id), State::kClosed);
  EXPECT_FALSE(is_listed(id));
  EXPECT_TRUE(is_listed(id, {.state = State::kClosed}));
  EXPECT_EQ(compare().settled.closed, 0U) << "once";
  world_.import_again("death", "2017-12-16");
  EXPECT_EQ(compare().settled.reopened, 1U);
  EXPECT_EQ(state(id), State::kOpen);
  EXPECT_TRUE(is_listed(id));
  EXPECT_EQ(
      history(id),
      "assign check decide rectify confirm confirm close(sources agree) reopen(raised again)");
  expect_journal_holds();
}

TEST_F(DispositionRun, ADismissedFlagStaysDismissedOnTheSameEvidenceUntilItExpires) {
  compare();
  const std::string id = only_flag(kDead);
  take(id, assign());
  take(id, check(Outcome::kFalse, Reason::kLegitimateException));
  take(id, dismiss("2017-12-31"));
  EXPECT_EQ(shown(id).steps.back().taken.step.reason, Reason::kLegitimateException);
  const CompareReport suppressed = compare("2017-12-31");
  EXPECT_EQ(suppressed.settled.settled, 1U);
  EXPECT_EQ(state(id), State::kDismissed);
  EXPECT_EQ(status(id), "same") << "as contracts §3 says, whatever people did";
  EXPECT_FALSE(is_listed(id));
  EXPECT_TRUE(is_listed(id, {.state = State::kDismissed}));
  EXPECT_THAT(suppressed.summary, HasSubstr(R"("dispositions":{"settled":1,"reopened":0)"));
  const auto raised = std::ranges::count_if(
      suppressed.flags, [&](const FlagState& f) { return f.flag.flag_id == id; });
  EXPECT_EQ(raised, 1) << "in flags.csv";
  EXPECT_EQ(compare("2018-01-01").settled.reopened, 1U);
  EXPECT_EQ(state(id), State::kOpen);
  EXPECT_EQ(history(id), "assign check dismiss reopen(expired)");
}

TEST_F(DispositionRun, ADismissedFlagIsOpenAgainWhereItsEvidenceChanges) {
  compare();
  const std::string id = only_flag(kDead);
  take(id, assign());
  take(id, check(Outcome::kFalse, Reason::kSourceOutdated));
  take(id, dismiss("2027-12-31"));
  const std::string before = shown(id).state.flag.evidence;
  const SmallPerson dead = small_person(3, 1);
  world_.import_again("death", "2017-12-15",
                      "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期,乡镇,行政村\nS1," +
                          dead.name + ",女," + dead.id + "," + dead.birth +
                          ",20160205,下仓镇,三冲村\n");
  EXPECT_EQ(compare().settled.reopened, 1U);
  EXPECT_EQ(history(id), "assign check dismiss reopen(changed)");
  EXPECT_NE(shown(id).state.flag.evidence, before);
  // What was decided on can be shown as it was.
  EXPECT_EQ(find_flag_at(workspace(), id, 3)->state.flag.evidence, before);
  EXPECT_THAT(find_flag_at(workspace(), id, 3)->steps, SizeIs(3));
  EXPECT_EQ(find_flag_at(workspace(), id, 4)->state.flag.evidence, shown(id).state.flag.evidence);
  EXPECT_EQ(find_flag_at(workspace(), id, 5).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(find_flag_at(workspace(), id, 0).error().code, ErrorCode::kNotFound);
}

TEST_F(DispositionRun, WhatIsGoneWhilePeopleAreAtItKeepsItsState) {
  compare();
  const std::string id = only_flag(kDead);
  take(id, assign());
  world_.import_again("death", "2017-12-15", kOtherDeath);
  EXPECT_EQ(compare().settled.gone_in_hand, 1U);
  EXPECT_EQ(state(id), State::kAssigned);
  EXPECT_EQ(status(id), "gone");
  EXPECT_TRUE(is_listed(id)) << "it has to be brought to an end";
  take(id, check(Outcome::kTrue, Reason::kFactsHold));
}

TEST_F(DispositionRun, AWrongLinkBecomesACannotLinkUntilItIsSentBack) {
  compare();
  const std::string id = only_flag(kDead);
  take(id, assign());
  take(id, check(Outcome::kFalse, Reason::kWrongLink));
  take(id, dismiss("2027-12-31"));
  const std::string poverty = "poverty:" + poverty_key(3, 1);
  EXPECT_THAT(*load_constraints(workspace().store()),
              ElementsAre(Constraint{.left = "death:S1",
                                     .right = poverty,
                                     .by = "李四",
                                     .reason = "入户看过",
                                     .origin = "flag " + id}));
  EXPECT_EQ(remove_constraint(workspace(), "death:S1", poverty).error().code, ErrorCode::kConflict);
  compare();
  EXPECT_EQ(status(id), "gone") << "the run honours it";
  EXPECT_EQ(state(id), State::kDismissed);
  EXPECT_EQ(refusal(id, plain(Action::kReturn, Role::kTownship)).code, ErrorCode::kConflict);
  take(id, plain(Action::kReturn, Role::kCounty));
  EXPECT_THAT(*load_constraints(workspace().store()), IsEmpty());
  compare();
  EXPECT_EQ(status(id), "reopened");
  EXPECT_EQ(state(id), State::kCheckedFalse);
}

TEST_F(DispositionRun, ALinkThatTheEvidenceDoesNotSingleOutMustBeNamed) {
  compare();
  const std::string id = only_flag("ID_INVALID");
  take(id, assign());
  take(id, check(Outcome::kFalse, Reason::kWrongLink));
  StepOrder order = dismiss("2027-12-31");
  order.left = "poverty:" + poverty_key(1, 0);
  order.right = order.left;
  EXPECT_THAT(refusal(id, order).message_zh, HasSubstr("两条不同的记录"));
  order.right = "civil:nobody";
  EXPECT_EQ(refusal(id, order).code, ErrorCode::kNotFound);
  order.right = "civil:" + civil_key(1, 0);
  take(id, order);
  EXPECT_THAT(*load_constraints(workspace().store()), SizeIs(1));
}

TEST_F(DispositionRun, ABatchIsTakenWholeOrNotAtAll) {
  compare();
  const auto all = list_flags(workspace(), {});
  std::vector<std::string> ids;
  for (const ShownFlag& flag : all->flags) ids.push_back(flag.state.flag.flag_id);
  ASSERT_GT(ids.size(), 3U);
  take(ids[1], assign());
  const auto refused = take_steps(workspace(), ids, assign());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message_zh, HasSubstr("1 个不能这样办理，一个也没有办理"));
  EXPECT_EQ(refused.error().place, ids[1]);
  EXPECT_EQ(state(ids[0]), State::kOpen);
  // By a filter the step is taken where it is possible.
  StepOrder dry = assign();
  dry.dry_run = true;
  EXPECT_THAT(take_steps_where(workspace(), {}, dry)->steps, SizeIs(ids.size() - 1));
  EXPECT_EQ(state(ids[0]), State::kOpen) << "only looked at";
  const auto taken = take_steps_where(workspace(), {}, assign());
  EXPECT_THAT(taken->steps, SizeIs(ids.size() - 1));
  EXPECT_EQ(taken->left_out, 1U);
  EXPECT_THAT(list_flags(workspace(), {.state = State::kAssigned})->flags, SizeIs(ids.size()));
  EXPECT_EQ(take_steps_where(workspace(), {}, assign()).error().code, ErrorCode::kConflict);
  EXPECT_EQ(take_steps_where(workspace(), {.state = State::kClosed}, assign()).error().code,
            ErrorCode::kNotFound);
  expect_journal_holds();
}

TEST_F(DispositionRun, NobodyActsInTheFutureOrAboutAFlagThatIsNone) {
  compare();
  const std::string id = only_flag(kDead);
  StepOrder order = assign();
  order.recorded = "2017-12-19T08:00:00+0800";
  EXPECT_THAT(refusal(id, order).message_zh, HasSubstr("不能晚于今天"));
  EXPECT_EQ(refusal("000000000000", assign()).code, ErrorCode::kNotFound);
}

TEST_F(DispositionRun, OverdueIsTheDayAfterTheDeadline) {
  compare();
  const std::string id = only_flag(kDead);
  StepOrder order = assign();
  order.step.date = day("2018-01-10");
  take(id, order);
  EXPECT_FALSE(is_listed(id, {.overdue_on = day("2018-01-10")}));
  EXPECT_TRUE(is_listed(id, {.overdue_on = day("2018-01-11")}));
}

TEST_F(DispositionRun, PrecisionComesFromWhatChecksFound) {
  compare();
  const std::string id = only_flag(kDead);
  const auto of_rule = [&] {
    for (const RulePrecision& rule : *rule_precision(workspace())) {
      if (rule.rule == kDead) return rule;
    }
    return RulePrecision{};
  };
  EXPECT_EQ(of_rule().by_state[0], 1U);
  EXPECT_EQ(of_rule().interval().high, 1);
  take(id, assign());
  take(id, check(Outcome::kTrue, Reason::kFactsHold));
  EXPECT_EQ(of_rule().found_true, 1U);
  StepOrder back = plain(Action::kReturn, Role::kTownship);
  take(id, back);
  EXPECT_EQ(of_rule().found_true, 0U) << "sent back";
  StepOrder again = check(Outcome::kFalse, Reason::kRecordError);
  again.step.on = day("2017-12-25");
  take(id, again);
  EXPECT_EQ(of_rule().found_false, 1U);
}

TEST_F(DispositionRun, AStepKeepsWhoWhenWhyAndOnWhatEvidence) {
  compare();
  const std::string id = only_flag(kDead);
  StepOrder order = assign();
  order.recorded = "2017-12-20T17:20:33+0800";
  take(id, order);
  const ShownFlag flag = shown(id);
  const KeptStep& kept = flag.steps.front();
  EXPECT_EQ(kept.recorded, order.recorded);
  EXPECT_EQ(kept.run, "R0001");
  EXPECT_EQ(kept.evidence, flag.state.flag.evidence);
  EXPECT_EQ(kept.taken.evidence_hash, flag.state.flag.evidence_hash);
  flag::Step expected = order.step;
  expected.date = expected.on + flag.deadline_days;
  EXPECT_EQ(kept.taken.step, expected);
}

}  // namespace
}  // namespace bidui::workspace
