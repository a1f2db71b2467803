#include "matcher/flag/disposition.h"

#include <algorithm>

namespace bidui::flag {

void Disposition::add(TakenStep taken) {
  last_day_ = std::max(last_day_.value_or(taken.step.on), taken.step.on);
  if (taken.step.action == Action::kReturn) {
    if (!standing_.empty()) standing_.pop_back();
  } else if (taken.step.action == Action::kReopen) {
    if (const TakenStep* const check = last(Action::kCheck))
      earlier_findings_.push_back(check->step.outcome);
    standing_.clear();
  } else {
    standing_.push_back(std::move(taken));
  }
}

bool Disposition::has_township_signature() const {
  return state() == State::kRectified && standing_.back().step.action == Action::kConfirm;
}

const TakenStep* Disposition::last(Action action) const {
  const auto at = std::find_if(standing_.rbegin(), standing_.rend(),
                               [action](const TakenStep& s) { return s.step.action == action; });
  return at == standing_.rend() ? nullptr : &*at;
}

std::vector<Outcome> Disposition::findings() const {
  std::vector<Outcome> findings = earlier_findings_;
  if (const TakenStep* const check = last(Action::kCheck)) findings.push_back(check->step.outcome);
  return findings;
}

std::optional<DayNumber> deadline_of(const Disposition& disposition) {
  const State state = disposition.state();
  if (state != State::kAssigned && state != State::kCannotTell) return std::nullopt;
  const TakenStep* const assigned = disposition.last(Action::kAssign);
  return assigned == nullptr ? std::nullopt : assigned->step.date;
}

bool is_overdue(const Disposition& disposition, DayNumber day) {
  const std::optional<DayNumber> deadline = deadline_of(disposition);
  return deadline && *deadline < day;
}

bool waits_to_be_assigned(State state) {
  return state == State::kOpen || state == State::kCannotTell;
}

bool is_settled(State state) { return state == State::kDismissed || state == State::kClosed; }

}  // namespace bidui::flag
