#include "matcher/flag/transition.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/flag/step_content.h"
#include "matcher/rule/calendar.h"

namespace bidui::flag {
namespace {

const std::vector<Transition>& table() {
  using enum State;
  using enum Action;
  using R = Role;
  using O = Outcome;
  using C = Condition;
  static const std::vector<Transition> kTable = {
      {kOpen, kAssign, O::kNone, kAssigned, {R::kTownship, R::kCounty}},
      {kAssigned, kCheck, O::kTrue, kCheckedTrue, {R::kVillage, R::kTownship}},
      {kAssigned, kCheck, O::kFalse, kCheckedFalse, {R::kVillage, R::kTownship}},
      {kAssigned, kCheck, O::kCannotTell, kCannotTell, {R::kVillage, R::kTownship}},
      {kCannotTell, kAssign, O::kNone, kAssigned, {R::kTownship}},
      {kCheckedFalse, kDismiss, O::kNone, kDismissed, {R::kTownship}},
      {kCheckedTrue, kNotify, O::kNone, kNotified, {R::kTownship}, C::kEntitlement},
      {kCheckedTrue, kDecide, O::kCorrect, kDecided, {R::kCounty}, C::kDataQuality},
      {kCheckedTrue, kDecide, O::kLeave, kDecided, {R::kCounty}, C::kDataQuality},
      {kNotified, kContest, O::kNone, kContested, {R::kHousehold}, C::kWithinContestDays},
      {kNotified, kDecide, O::kAdverse, kDecided, {R::kCounty}, C::kContestDaysOver},
      {kNotified, kDecide, O::kCorrect, kDecided, {R::kCounty}, C::kContestDaysOver},
      {kNotified, kDecide, O::kLeave, kDecided, {R::kCounty}, C::kContestDaysOver},
      {kContested, kDecide, O::kAdverse, kDecided, {R::kCounty}},
      {kContested, kDecide, O::kCorrect, kDecided, {R::kCounty}},
      {kContested, kDecide, O::kLeave, kDecided, {R::kCounty}},
      {kDecided, kRectify, O::kNone, kRectified, {R::kSourceOfficer}},
      {kRectified, kConfirm, O::kNone, kRectified, {R::kTownship}, C::kNoTownshipSignature},
      {kRectified, kConfirm, O::kNone, kConfirmed, {R::kCounty}, C::kTownshipSignature},
      {kConfirmed, kClose, O::kNone, kClosed, {R::kProgram, R::kCounty}},
      {kDismissed, kReopen, O::kNone, kOpen, {R::kProgram}},
      {kClosed, kReopen, O::kNone, kOpen, {R::kProgram}},
  };
  return kTable;
}

DayNumber last_contest_day(const Disposition& disposition, const Terms& terms) {
  const TakenStep* const told = disposition.last(Action::kNotify);
  return told == nullptr ? 0 : told->step.date.value_or(told->step.on) + terms.contest_days;
}

// Of the rule or of the flag's steps, whatever the day is.
bool is_possible(const Transition& t, const Disposition& disposition, const Terms& terms) {
  switch (t.condition) {
    case Condition::kEntitlement:
      return terms.touches == rule::Touches::kEntitlement;
    case Condition::kDataQuality:
      return terms.touches == rule::Touches::kDataQuality;
    case Condition::kNoTownshipSignature:
      return !disposition.has_township_signature();
    case Condition::kTownshipSignature:
      return disposition.has_township_signature();
    case Condition::kNone:
    case Condition::kWithinContestDays:
    case Condition::kContestDaysOver:
      return true;
  }
  return false;
}

Bilingual text_of(const Word& word) { return {std::string(word.zh), std::string(word.en)}; }

Bilingual role_list(const std::vector<Role>& roles) {
  Bilingual list;
  for (const Role role : roles) {
    if (role != Role::kProgram) list.add_item(word_of(role).zh, word_of(role).en);
  }
  return list;
}

Bilingual choice_list(const std::vector<Choice>& choices) {
  Bilingual text;
  for (const Choice& choice : choices) {
    if (choice.roles.empty()) continue;
    if (!text.empty()) text = text + Bilingual{"；", "; "};
    text = text + text_of(word_of(choice.action));
    if (choice.outcome != Outcome::kNone)
      text = text + Bilingual{"：", ": "} + text_of(word_of(choice.outcome));
    const Bilingual who = role_list(choice.roles);
    text = text + Bilingual{"（" + who.zh + "）", " (" + who.en + ")"};
  }
  return text;
}

Error refused(const Disposition& disposition, const Step& step, const Terms& terms) {
  const Word& state = word_of(disposition.state());
  const Bilingual wanted = choice_list({{step.action, step.outcome, {step.role}}});
  const Bilingual possible = choice_list(possible_steps(disposition, terms));
  return bilingual_error(ErrorCode::kConflict,
                         "现在是“" + std::string(state.zh) + "”，不能" + wanted.zh +
                             "；现在可以：" + (possible.zh.empty() ? "无" : possible.zh),
                         "the flag is " + std::string(state.name) + "; not possible: " + wanted.en +
                             "; possible: " + (possible.en.empty() ? "none" : possible.en));
}

Error wrong_role(const Step& step, const std::vector<Role>& roles) {
  const Bilingual who = role_list(roles);
  const Word& action = word_of(step.action);
  const Word& role = word_of(step.role);
  return bilingual_error(
      ErrorCode::kConflict,
      "这一步“" + std::string(action.zh) + "”由" + (who.zh.empty() ? "程序" : who.zh) +
          "办理，不由" + std::string(role.zh) + "办理",
      "this step (" + std::string(action.en) + ") is for: " +
          (who.en.empty() ? "program" : who.en) + "; not for: " + std::string(role.en));
}

// The days within which a household may contest.
Status check_days(const Transition& t, const Disposition& disposition, const Step& step,
                  const Terms& terms) {
  const DayNumber last = last_contest_day(disposition, terms);
  const std::string day = rule::format_date({last, last});
  if (t.condition == Condition::kWithinContestDays && step.on > last) {
    return bilingual_error(ErrorCode::kConflict, "申辩期到 " + day + " 为止，已过",
                           "it could be contested until " + day + ", which is over");
  }
  if (t.condition == Condition::kContestDaysOver && step.on <= last) {
    return bilingual_error(ErrorCode::kConflict,
                           "申辩期到 " + day + " 为止，期满以后或农户申辩以后才能决定",
                           "the household may contest until " + day +
                               "; it can be decided after that day, or once it was contested");
  }
  return {};
}

Status check_order(const Disposition& disposition, const Step& step) {
  const std::optional<DayNumber> last = disposition.last_day();
  if (!last || step.on >= *last) return {};
  const std::string day = rule::format_date({*last, *last});
  return bilingual_error(ErrorCode::kConflict, "日期早于上一步（" + day + "）",
                         "the day is before that of the last step (" + day + ")");
}

Result<State> state_before(const Disposition& disposition, const Step& step, const Terms& terms) {
  if (disposition.standing().empty()) return refused(disposition, step, terms);
  const TakenStep& last = disposition.standing().back();
  const Role who = may_return(last.step.role);
  if (step.role != who) return wrong_role(step, {who});
  return last.from;
}

}  // namespace

std::span<const Transition> transitions() { return table(); }

std::vector<Choice> possible_steps(const Disposition& disposition, const Terms& terms) {
  std::vector<Choice> choices;
  for (const Transition& t : table()) {
    if (t.from != disposition.state() || !is_possible(t, disposition, terms)) continue;
    choices.push_back({t.action, t.outcome, t.roles});
    std::erase(choices.back().roles, Role::kProgram);
  }
  if (!disposition.standing().empty())
    choices.push_back(
        {Action::kReturn, Outcome::kNone, {may_return(disposition.standing().back().step.role)}});
  return choices;
}

Role may_return(Role taken_by) {
  return taken_by == Role::kVillage ? Role::kTownship : Role::kCounty;
}

Result<State> next_state(const Disposition& disposition, const Step& step, const Terms& terms) {
  const auto fits = [&](const Transition& t) {
    return t.from == disposition.state() && t.action == step.action && t.outcome == step.outcome &&
           is_possible(t, disposition, terms);
  };
  Result<State> to = State::kOpen;
  if (step.action == Action::kReturn) {
    to = state_before(disposition, step, terms);
    BIDUI_TRY(to);
  } else {
    const auto t = std::ranges::find_if(table(), fits);
    if (t == table().end()) return refused(disposition, step, terms);
    if (std::ranges::find(t->roles, step.role) == t->roles.end()) return wrong_role(step, t->roles);
    BIDUI_TRY(check_days(*t, disposition, step, terms));
    to = t->to;
  }
  BIDUI_TRY(check_order(disposition, step));
  BIDUI_TRY(check_content(disposition, step));
  return to;
}

}  // namespace bidui::flag
