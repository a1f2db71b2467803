#include "matcher/flag/disposition.h"

#include <gmock/gmock.h>

#include "matcher/flag/disposition_words.h"

namespace bidui::flag {
namespace {

using testing::ElementsAre;

TakenStep taken(Action action, State from, State to, DayNumber on,
                Outcome outcome = Outcome::kNone) {
  return {.step = {.action = action, .outcome = outcome, .on = on}, .from = from, .to = to};
}

TEST(DispositionTest, AFlagWithoutStepsIsOpen) {
  const Disposition none;
  EXPECT_EQ(none.state(), State::kOpen);
  EXPECT_EQ(none.last(Action::kAssign), nullptr);
  EXPECT_FALSE(none.last_day());
  EXPECT_THAT(none.findings(), ElementsAre());
}

TEST(DispositionTest, AStepThatWasSentBackStandsNoLonger) {
  Disposition d;
  d.add(taken(Action::kAssign, State::kOpen, State::kAssigned, 1));
  d.add(taken(Action::kCheck, State::kAssigned, State::kCheckedTrue, 5, Outcome::kTrue));
  EXPECT_THAT(d.findings(), ElementsAre(Outcome::kTrue));
  d.add(taken(Action::kReturn, State::kCheckedTrue, State::kAssigned, 7));
  EXPECT_EQ(d.state(), State::kAssigned);
  EXPECT_THAT(d.findings(), ElementsAre());
  EXPECT_EQ(d.last_day(), 7) << "of the step back";
}

TEST(DispositionTest, AReopenedFlagBeginsAnewAndKeepsWhatWasFound) {
  Disposition d;
  d.add(taken(Action::kAssign, State::kOpen, State::kAssigned, 1));
  d.add(taken(Action::kCheck, State::kAssigned, State::kCheckedFalse, 2, Outcome::kFalse));
  d.add(taken(Action::kDismiss, State::kCheckedFalse, State::kDismissed, 3));
  d.add(taken(Action::kReopen, State::kDismissed, State::kOpen, 9));
  EXPECT_EQ(d.state(), State::kOpen);
  EXPECT_TRUE(d.standing().empty());
  EXPECT_THAT(d.findings(), ElementsAre(Outcome::kFalse));
}

TEST(DispositionTest, IsOverdueOnlyWhileItIsNotSettledByACheck) {
  Disposition d;
  EXPECT_FALSE(is_overdue(d, 100));
  TakenStep assign = taken(Action::kAssign, State::kOpen, State::kAssigned, 1);
  assign.step.date = 30;
  d.add(assign);
  EXPECT_FALSE(is_overdue(d, 30)) << "the deadline's day is still in time";
  EXPECT_TRUE(is_overdue(d, 31));
  d.add(taken(Action::kCheck, State::kAssigned, State::kCannotTell, 20, Outcome::kCannotTell));
  EXPECT_TRUE(is_overdue(d, 31));
  d.add(taken(Action::kReturn, State::kCannotTell, State::kAssigned, 21));
  d.add(taken(Action::kCheck, State::kAssigned, State::kCheckedTrue, 22, Outcome::kTrue));
  EXPECT_FALSE(is_overdue(d, 31));
}

template <typename Value, typename Parse>
void expect_words_read_back(std::size_t count, std::size_t first, Parse parse) {
  for (std::size_t i = first; i < count; ++i) {
    const auto value = static_cast<Value>(i);
    EXPECT_EQ(parse(word_of(value).name), value) << i;
    EXPECT_EQ(parse(word_of(value).zh), value) << i;
  }
  EXPECT_FALSE(parse(""));
  EXPECT_FALSE(parse("nonsense"));
}

TEST(DispositionTest, WordsReadBack) {
  expect_words_read_back<State>(kStates, 0, parse_state);
  expect_words_read_back<Role>(kRoles, 0, parse_role);
  expect_words_read_back<Action>(kActions, 0, parse_action);
  expect_words_read_back<Outcome>(kOutcomes, 1, parse_outcome);
  expect_words_read_back<Reason>(kReasons, 1, parse_reason);
}

}  // namespace
}  // namespace bidui::flag
