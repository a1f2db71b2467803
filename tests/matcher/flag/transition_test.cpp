// The table of transitions: row by row against contracts §5 (tests/cases/flag/dispositions.tsv),
// and every path through it.
#include "matcher/flag/transition.h"

#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <map>
#include <set>

#include "matcher/flag/disposition_words.h"

namespace bidui::flag {
namespace {

using testing::HasSubstr;

constexpr DayNumber kDay = 17000;

std::string condition_name(Condition condition) {
  switch (condition) {
    case Condition::kNone:
      return "";
    case Condition::kEntitlement:
      return "entitlement";
    case Condition::kDataQuality:
      return "data_quality";
    case Condition::kWithinContestDays:
      return "within_days";
    case Condition::kContestDaysOver:
      return "days_over";
    case Condition::kNoTownshipSignature:
      return "unsigned";
    case Condition::kTownshipSignature:
      return "signed";
  }
  return "";
}

// One line for each transition, as the case file has them, without its note.
std::vector<std::string> printed_table() {
  std::vector<std::string> lines;
  for (const Transition& t : transitions()) {
    std::set<std::string_view> names;
    for (const Role role : t.roles) names.insert(word_of(role).name);
    lines.push_back(fmt::format("{}\t{}\t{}\t{}\t{}\t{}", word_of(t.from).name, word_of(t.to).name,
                                word_of(t.action).name, word_of(t.outcome).name,
                                fmt::join(names, ", "), condition_name(t.condition)));
  }
  return lines;
}

std::vector<std::string> contract_table() {
  std::ifstream file(BIDUI_SOURCE_DIR "/tests/cases/flag/dispositions.tsv");
  std::vector<std::string> lines;
  std::string line;
  std::getline(file, line);  // names of the columns
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    cells.resize(6);
    std::set<std::string> roles;
    std::istringstream who(cells[4]);
    for (std::string role; std::getline(who, role, ',');)
      roles.insert(role.substr(role.find_first_not_of(' ')));
    lines.push_back(fmt::format("{}\t{}\t{}\t{}\t{}\t{}", cells[0], cells[1], cells[2], cells[3],
                                fmt::join(roles, ", "), cells[5]));
  }
  return lines;
}

TEST(TransitionTest, TheTableIsTheContracts) {
  EXPECT_THAT(printed_table(), testing::UnorderedElementsAreArray(contract_table()));
}

// A step that carries all that any step must.
Step full_step(Action action, Outcome outcome, Role role, DayNumber on) {
  Step step{.action = action,
            .outcome = outcome,
            .role = role,
            .by = "王会计",
            .on = on,
            .note = "写明了",
            .assignee = "长湖村",
            .where = "低保系统",
            .date = on};
  const Outcome found = action == Action::kDismiss ? Outcome::kFalse : outcome;
  for (std::size_t r = 1; r < kReasons; ++r) {
    if (reason_fits(static_cast<Reason>(r), found)) step.reason = static_cast<Reason>(r);
  }
  if (action == Action::kDismiss) step.date = on + 30;
  return step;
}

// Calls `visit` with every disposition that can be reached in up to `depth` standing steps, in any
// order of steps, for any role, on days within and after those of contesting.
class Walk {
 public:
  using Visit = std::function<void(const Disposition&)>;
  Walk(Terms terms, std::size_t depth, Visit visit)
      : terms_(terms), depth_(depth), visit_(std::move(visit)) {}

  void from(const Disposition& disposition, DayNumber day) {
    if (disposition.standing().size() > depth_ || !seen_.insert(key(disposition)).second) return;
    visit_(disposition);
    for (std::size_t a = 0; a < kActions; ++a) {
      for (std::size_t o = 0; o < kOutcomes; ++o) {
        for (std::size_t r = 0; r < kRoles; ++r) {
          for (const DayNumber later : {1, kContestDays + 1})
            try_step(disposition, full_step(static_cast<Action>(a), static_cast<Outcome>(o),
                                            static_cast<Role>(r), day + later));
        }
      }
    }
  }

 private:
  static std::string key(const Disposition& disposition) {
    std::string key;
    for (const TakenStep& s : disposition.standing())
      key += fmt::format("{} {} {};", static_cast<int>(s.step.action),
                         static_cast<int>(s.step.outcome), static_cast<int>(s.to));
    return key;
  }
  void try_step(const Disposition& disposition, const Step& step) {
    const auto to = next_state(disposition, step, terms_);
    if (!to) return;
    Disposition after = disposition;
    after.add({.step = step, .from = disposition.state(), .to = *to});
    EXPECT_EQ(after.state(), *to);
    from(after, step.on);
  }

  Terms terms_;
  std::size_t depth_;
  Visit visit_;
  std::set<std::string> seen_;
};

// Position of the first standing step of that kind; the number of steps where there is none.
std::size_t position(const Disposition& d, Action action) {
  const auto at = std::ranges::find_if(
      d.standing(), [action](const TakenStep& s) { return s.step.action == action; });
  return static_cast<std::size_t>(at - d.standing().begin());
}

TEST(TransitionTest, NoPathLeadsToAnAdverseDecisionButByCheckAndNotification) {
  for (const rule::Touches touches : {rule::Touches::kEntitlement, rule::Touches::kDataQuality}) {
    std::size_t adverse = 0;
    std::size_t decided = 0;
    std::set<State> reached;
    Walk({.touches = touches}, 10, [&](const Disposition& d) {
      reached.insert(d.state());
      const TakenStep* const decision = d.last(Action::kDecide);
      if (decision == nullptr) return;
      ++decided;
      EXPECT_EQ(d.last(Action::kCheck)->step.outcome, Outcome::kTrue);
      EXPECT_EQ(decision->step.role, Role::kCounty);
      if (decision->step.outcome != Outcome::kAdverse) return;
      ++adverse;
      const std::size_t told = position(d, Action::kNotify);
      ASSERT_LT(told, d.standing().size());
      EXPECT_LT(position(d, Action::kCheck), told);
      EXPECT_LT(told, position(d, Action::kDecide));
      const bool contested = position(d, Action::kContest) < d.standing().size();
      EXPECT_TRUE(contested ||
                  decision->step.on > *d.last(Action::kNotify)->step.date + kContestDays);
    }).from({}, kDay);
    EXPECT_GT(decided, 0U);
    const bool entitlement = touches == rule::Touches::kEntitlement;
    EXPECT_EQ(adverse > 0, entitlement) << "never, where only data quality is at stake";
    EXPECT_EQ(reached.size(), entitlement ? kStates : kStates - 2) << "all but notified, contested";
  }
}

// A flag that was taken through `steps`.
Disposition after(const std::vector<std::pair<Action, Outcome>>& steps, Terms terms = {}) {
  Disposition disposition;
  DayNumber day = kDay;
  for (const auto& [action, outcome] : steps) {
    for (std::size_t r = 0; r < kRoles; ++r) {
      const Step step = full_step(action, outcome, static_cast<Role>(r), day);
      const auto to = next_state(disposition, step, terms);
      if (!to) continue;
      disposition.add({.step = step, .from = disposition.state(), .to = *to});
      ++day;
      break;
    }
  }
  EXPECT_EQ(disposition.standing().size(), steps.size());
  return disposition;
}

const std::vector<std::pair<Action, Outcome>> kToldSteps = {{Action::kAssign, Outcome::kNone},
                                                            {Action::kCheck, Outcome::kTrue},
                                                            {Action::kNotify, Outcome::kNone}};

TEST(TransitionTest, EveryStepGoesOneBackForTheNextLevelUp) {
  std::size_t returned = 0;
  Walk({}, 9, [&](const Disposition& d) {
    if (d.standing().empty()) return;
    const TakenStep& last = d.standing().back();
    for (std::size_t r = 0; r < kRoles; ++r) {
      const auto role = static_cast<Role>(r);
      const auto to =
          next_state(d, full_step(Action::kReturn, Outcome::kNone, role, *d.last_day()), {});
      EXPECT_EQ(to.has_value(), role == may_return(last.step.role));
      if (!to) continue;
      ++returned;
      EXPECT_EQ(*to, last.from);
      Disposition back = d;
      back.add({.step = full_step(Action::kReturn, Outcome::kNone, role, *d.last_day()),
                .from = d.state(),
                .to = *to});
      EXPECT_EQ(back.state(), *to);
      EXPECT_EQ(back.standing().size() + 1, d.standing().size());
    }
  }).from({}, kDay);
  EXPECT_GT(returned, 50U);
}

TEST(TransitionTest, RefusalsSayWhatIsPossibleAndForWhom) {
  const auto refused =
      next_state({}, full_step(Action::kDecide, Outcome::kAdverse, Role::kCounty, kDay), {});
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_EQ(refused.error().message_zh,
            "现在是“待交办”，不能决定：不利决定（县）；现在可以：交办（乡镇、县）");
  EXPECT_EQ(
      refused.error().message,
      "the flag is open; not possible: decide: against the household (county); possible: assign "
      "(township, county)");
  const auto role =
      next_state({}, full_step(Action::kAssign, Outcome::kNone, Role::kVillage, kDay), {});
  EXPECT_EQ(role.error().message_zh, "这一步“交办”由乡镇、县办理，不由村办理");
  // Of a rule on data quality nobody is told of notifications.
  const Terms quality{.touches = rule::Touches::kDataQuality};
  const Disposition checked = after({kToldSteps[0], kToldSteps[1]}, quality);
  const auto told = next_state(
      checked, full_step(Action::kNotify, Outcome::kNone, Role::kTownship, kDay + 5), quality);
  EXPECT_THAT(told.error().message_zh,
              HasSubstr("决定：更正数据（县）；决定：维持现状（县）；退回（乡镇）"));
}

TEST(TransitionTest, DaysOfContesting) {
  const Disposition told = after(kToldSteps);
  const DayNumber day = *told.last(Action::kNotify)->step.date;
  const auto contest = [&](DayNumber on) {
    return next_state(told, full_step(Action::kContest, Outcome::kNone, Role::kHousehold, on), {});
  };
  const auto decide = [&](DayNumber on) {
    return next_state(told, full_step(Action::kDecide, Outcome::kAdverse, Role::kCounty, on), {});
  };
  EXPECT_TRUE(contest(day + kContestDays));
  EXPECT_THAT(contest(day + kContestDays + 1).error().message_zh,
              HasSubstr("申辩期到 2016-08-04 为止，已过"));
  EXPECT_THAT(decide(day + kContestDays).error().message_zh, HasSubstr("期满以后"));
  EXPECT_TRUE(decide(day + kContestDays + 1));
}

TEST(TransitionTest, StepsComeInTheOrderOfTheirDays) {
  const Disposition told = after(kToldSteps);
  const auto early =
      next_state(told, full_step(Action::kContest, Outcome::kNone, Role::kHousehold, kDay - 1), {});
  EXPECT_THAT(early.error().message, HasSubstr("before that of the last step"));
}

TEST(TransitionTest, StepsCarryWhatTheyMust) {
  struct Case {
    std::vector<std::pair<Action, Outcome>> before;
    Step step;
    std::string says;
  };
  const auto bare = [](Action action, Outcome outcome, Role role) {
    return Step{.action = action, .outcome = outcome, .role = role, .on = kDay + 100};
  };
  const auto with = [](Step step, const std::function<void(Step&)>& change) {
    change(step);
    return step;
  };
  const auto full = [](Action action, Outcome outcome, Role role) {
    return full_step(action, outcome, role, kDay + 100);
  };
  using enum Action;
  using O = Outcome;
  const std::vector<std::pair<Action, Outcome>> assigned = {kToldSteps[0]};
  const std::vector<std::pair<Action, Outcome>> found = {kToldSteps[0], kToldSteps[1]};
  const std::vector<std::pair<Action, Outcome>> wrong = {kToldSteps[0], {kCheck, O::kFalse}};
  auto contested = kToldSteps;
  contested.emplace_back(kContest, O::kNone);
  auto decided = contested;
  decided.emplace_back(kDecide, O::kCorrect);
  const std::vector<Case> cases = {
      {{},
       bare(kAssign, O::kNone, Role::kTownship),
       "须写明：由谁办理（--by）、交给哪个村或谁（--to）、办结期限（--deadline）"},
      {{},
       with(full(kAssign, O::kNone, Role::kTownship), [](Step& s) { s.date = s.on - 1; }),
       "办结期限（--deadline）不能早于办理日期"},
      {assigned, bare(kCheck, O::kTrue, Role::kVillage),
       "须写明：由谁办理（--by）、原因（--reason）、核实情况（--note）、入户日期（--visited）"},
      {assigned, with(full(kCheck, O::kTrue, Role::kVillage), [](Step& s) { s.date = s.on + 1; }),
       "入户日期（--visited）不能晚于"},
      {assigned,
       with(full(kCheck, O::kTrue, Role::kVillage), [](Step& s) { s.reason = Reason::kWrongLink; }),
       "“属实”的原因（--reason）只能是：source_outdated 来源数据过时、facts_hold 情况属实"},
      {assigned,
       with(full(kCheck, O::kTrue, Role::kVillage), [](Step& s) { s.note.assign(2001, 'x'); }),
       "最多 2000 个字节"},
      {wrong, bare(kDismiss, O::kNone, Role::kTownship), "原因（--reason）、有效期至（--until）"},
      {wrong, with(full(kDismiss, O::kNone, Role::kTownship), [](Step& s) { s.date = s.on; }),
       "有效期至（--until）须晚于"},
      {wrong,
       with(full(kDismiss, O::kNone, Role::kTownship),
            [](Step& s) { s.reason = Reason::kFactsHold; }),
       "只能是：wrong_link 关联错误"},
      {found, bare(kNotify, O::kNone, Role::kTownship), "告知日期（--told）"},
      {found, with(full(kNotify, O::kNone, Role::kTownship), [](Step& s) { s.date = kDay - 9; }),
       "不能早于入户核实的日期"},
      {kToldSteps,
       with(bare(kContest, O::kNone, Role::kHousehold), [](Step& s) { s.on = kDay + 9; }),
       "申辩内容（--note）"},
      {contested, bare(kDecide, O::kAdverse, Role::kCounty), "决定的理由（--note）"},
      {decided, bare(kRectify, O::kNone, Role::kSourceOfficer),
       "改了什么（--note）、在哪个来源或系统中改（--where）"},
      {decided, bare(kReturn, O::kNone, Role::kCounty), "退回的理由（--note）"},
      {assigned,
       with(full(kCheck, O::kCannotTell, Role::kVillage),
            [](Step& s) {
              s.reason = Reason::kOther;
              s.note.clear();
            }),
       "核实情况（--note）"},
  };
  for (const Case& c : cases) {
    const auto to = next_state(after(c.before), c.step, {});
    ASSERT_FALSE(to) << c.says;
    EXPECT_EQ(to.error().code, ErrorCode::kInvalidArgument) << c.says;
    EXPECT_THAT(to.error().message_zh, HasSubstr(c.says));
    EXPECT_FALSE(to.error().message.empty());
  }
}

TEST(TransitionTest, WhatIsLeftAsItIsNeedsNoChangeSaid) {
  auto steps = kToldSteps;
  steps.emplace_back(Action::kContest, Outcome::kNone);
  steps.emplace_back(Action::kDecide, Outcome::kLeave);
  const Step step{
      .action = Action::kRectify, .role = Role::kSourceOfficer, .by = "李", .on = kDay + 100};
  EXPECT_TRUE(next_state(after(steps), step, {}));
}

}  // namespace
}  // namespace bidui::flag
