// What a run makes of flags that people dealt with, case by case.
#include "workspace/settle_flags.h"

#include <gmock/gmock.h>

#include "matcher/rule/calendar.h"

namespace bidui::workspace {
namespace {

using flag::Action;
using flag::Role;
using flag::State;
using testing::HasSubstr;

constexpr std::string_view kId = "A00000000000";

flag::DayNumber day(std::string_view text) { return rule::parse_date_text(text)->first; }

// One flag that people took from `from` to `to` on evidence 1, by a last step on 2018-01-10.
FlagDispositions done(Action action, State from, State to, Role role = Role::kCounty) {
  FlagDispositions dispositions;
  FlagDisposition& one = dispositions[std::string(kId)];
  one.evidence_hash = 1;
  flag::TakenStep last{
      .step = {.action = action, .role = role, .by = "赵六", .on = day("2018-01-10")},
      .from = from,
      .to = to,
      .evidence_hash = 1};
  if (action == Action::kDismiss) last.step.date = day("2018-02-01");
  one.disposition.add(last);
  return dispositions;
}

FlagState flag_state(std::uint64_t evidence_hash, flag::Status status) {
  FlagState state;
  state.flag.flag_id = kId;
  state.flag.rule = "RULE";
  state.flag.source = "poverty";
  state.flag.evidence = "{}";
  state.flag.evidence_hash = evidence_hash;
  state.flag.status = status;
  return state;
}

class SettleFlags : public testing::Test {
 protected:
  // What became of the flag in a run that raised it with this evidence (0: did not raise it).
  SettledFlags run(const FlagDispositions& before, std::uint64_t evidence_hash,
                   flag::Status known = flag::Status::kSame) {
    std::vector<FlagState> flags;
    if (evidence_hash != 0) flags.push_back(flag_state(evidence_hash, flag::Status::kSame));
    SettledFlags settled = settle_flags(before, {flag_state(1, known)}, skipped_, day_, flags);
    state_ = flags.empty() ? State::kOpen : flags.front().disposition;
    return settled;
  }

  std::vector<flag::Skipped> skipped_;
  RunDay day_{.run_id = "R0002", .evaluation_date = "2018-01-20"};
  State state_ = State::kOpen;
};

TEST_F(SettleFlags, WhatPeopleDismissedHoldsThroughItsLastDay) {
  const FlagDispositions before = done(Action::kDismiss, State::kCheckedFalse, State::kDismissed);
  day_.evaluation_date = "2018-02-01";
  EXPECT_EQ(run(before, 1).settled, 1U);
  EXPECT_EQ(state_, State::kDismissed);
  day_.evaluation_date = "2018-02-02";
  EXPECT_EQ(run(before, 1).reopened, 1U);
  EXPECT_EQ(state_, State::kOpen);
  day_.evaluation_date = "2018-01-20";
  EXPECT_EQ(run(before, 2).reopened, 1U) << "its evidence changed";
  EXPECT_EQ(run(before, 1, flag::Status::kGone).settled, 1U)
      << "gone in between, and back on the same evidence";
}

TEST_F(SettleFlags, WhatTheCountyClosedStaysClosedOnTheSameEvidence) {
  const FlagDispositions before = done(Action::kClose, State::kConfirmed, State::kClosed);
  EXPECT_EQ(run(before, 1).settled, 1U);
  EXPECT_EQ(run(before, 2).reopened, 1U);
  EXPECT_EQ(run(before, 1, flag::Status::kGone).reopened, 1U) << "it was gone";
}

TEST_F(SettleFlags, WhatARunClosedIsOpenWhereItIsRaisedAtAll) {
  const FlagDispositions before =
      done(Action::kClose, State::kConfirmed, State::kClosed, Role::kProgram);
  EXPECT_EQ(run(before, 1, flag::Status::kGone).reopened, 1U);
  EXPECT_EQ(state_, State::kOpen);
}

TEST_F(SettleFlags, WhatWasConfirmedIsClosedOnceItIsGoneWhereItsRuleWasEvaluated) {
  const FlagDispositions before = done(Action::kConfirm, State::kRectified, State::kConfirmed);
  EXPECT_EQ(run(before, 1).closed, 0U) << "still there";
  EXPECT_EQ(run(before, 0).closed, 1U);
  EXPECT_EQ(run(before, 0, flag::Status::kGone).closed, 1U) << "gone before it was confirmed";
  skipped_ = {{"RULE", "poverty"}};
  EXPECT_EQ(run(before, 0).closed, 0U) << "nobody looked";
}

TEST_F(SettleFlags, StepsOfARunAreNeitherBeforeThoseOfPeopleNorInTheFuture) {
  const FlagDispositions before = done(Action::kConfirm, State::kRectified, State::kConfirmed);
  const auto content = [&] { return run(before, 0).steps.at(0).content; };
  EXPECT_THAT(content(), HasSubstr(R"("on":"2018-01-20")"));
  day_.evaluation_date = "2017-12-10";
  EXPECT_THAT(content(), HasSubstr(R"("on":"2018-01-10")")) << "the day of the step before";
  day_ = {
      .run_id = "R0002", .evaluation_date = "2030-01-01", .recorded = "2018-01-15T08:00:00+0800"};
  EXPECT_THAT(content(), HasSubstr(R"("on":"2018-01-15")"));
}

}  // namespace
}  // namespace bidui::workspace
