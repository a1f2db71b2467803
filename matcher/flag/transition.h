// Which steps are possible from which state, for whom: the table of contracts §5, walked by
// next_state() and printed by the test. There is no other way from one state to another.
#pragma once

#include <span>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/disposition.h"
#include "matcher/rule/rule.h"

namespace bidui::flag {

// Within so many days after it was told, a household may contest; nothing is decided before they
// are over. Where no county's profile says another number.
inline constexpr int kContestDays = 15;

// What a step depends on besides the flag's steps.
struct Terms {
  rule::Touches touches = rule::Touches::kEntitlement;  // of the flag's rule
  int contest_days = kContestDays;
};

enum class Condition : std::uint8_t {
  kNone,
  kEntitlement,        // the rule touches an entitlement
  kDataQuality,        // it does not
  kWithinContestDays,  // counted from the day on which the household was told
  kContestDaysOver,
  kNoTownshipSignature,  // under the rectification
  kTownshipSignature,
};

struct Transition {
  State from;
  Action action;
  Outcome outcome;
  State to;
  std::vector<Role> roles;
  Condition condition = Condition::kNone;
};

// All but kReturn, which is possible from every state but kOpen: see may_return().
std::span<const Transition> transitions();

struct Choice {
  Action action;
  Outcome outcome;
  std::vector<Role> roles;  // of people; none where only the program takes it
};

// What is possible from here, sent back included, whatever the day is.
std::vector<Choice> possible_steps(const Disposition& disposition, const Terms& terms);

// One step back is for the next level up: the township over the village, the county over all else.
Role may_return(Role taken_by);

// The state in which the step would leave the flag. Errors, each saying what is missing or what is
// possible instead, and for whom: kInvalidArgument where the step does not carry what it must,
// kConflict where it is not possible from here, not now, or not for that role.
Result<State> next_state(const Disposition& disposition, const Step& step, const Terms& terms);

}  // namespace bidui::flag
