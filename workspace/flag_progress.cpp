#include "workspace/flag_progress.h"

#include <algorithm>
#include <map>

#include "matcher/rule/calendar.h"
#include "workspace/flag_ranking.h"
#include "workspace/rule_precision.h"

namespace bidui::workspace {
namespace {

using connectors::report::FlagProgress;
using connectors::report::Progress;
using connectors::report::RuleProgress;
using flag::State;

// Adds one flag to a unit's counts.
void count(const ShownFlag& flag, flag::DayNumber today, Progress& into) {
  const flag::Disposition& done = flag.done.disposition;
  ++into.found;
  switch (done.state()) {
    case State::kOpen:
      ++(flag.state.flag.status == flag::Status::kGone ? into.gone : into.open);
      return;
    case State::kAssigned:
      ++into.assigned;
      if (flag::is_overdue(done, today)) ++into.overdue;
      return;
    case State::kCannotTell:
      ++into.cannot_tell;
      if (flag::is_overdue(done, today)) ++into.overdue;
      return;
    case State::kCheckedTrue:
    case State::kCheckedFalse:
    case State::kNotified:
    case State::kContested:
      break;
    case State::kDismissed:
      ++into.dismissed;
      break;
    case State::kDecided:
    case State::kRectified:
    case State::kConfirmed:
      ++into.decided;
      break;
    case State::kClosed:
      ++into.closed;
      break;
  }
  const flag::TakenStep* const check = done.last(flag::Action::kCheck);
  if (check == nullptr) return;
  ++(check->step.outcome == flag::Outcome::kTrue ? into.found_true : into.found_false);
}

// The counts of all units, from all flags whatever became of them.
class Units {
 public:
  explicit Units(flag::DayNumber today) : today_(today) {}

  void add(const ShownFlag& flag) {
    const std::string town = township_of(flag);
    count(flag, today_, county);
    Progress& township = townships_[town];
    township.unit = flag.township;
    count(flag, today_, township);
    Progress& village = villages_[{town, flag.village}];
    village.unit = flag.village;
    village.township = flag.township;
    count(flag, today_, village);
    RuleProgress& rule = rules_[flag.state.flag.rule];
    rule.rule = flag.state.flag.rule;
    rule.title = flag.title;
    count(flag, today_, rule.progress);
  }

  std::vector<Progress> townships() const { return values(townships_); }
  std::vector<Progress> villages() const { return values(villages_); }
  std::vector<RuleProgress> rules() const { return values(rules_); }

  Progress county{};

 private:
  template <typename Map>
  static std::vector<typename Map::mapped_type> values(const Map& map) {
    std::vector<typename Map::mapped_type> list;
    for (const auto& [key, value] : map) list.push_back(value);
    return list;
  }

  flag::DayNumber today_;
  std::map<std::string, Progress> townships_;
  std::map<std::pair<std::string, std::string>, Progress> villages_;
  std::map<std::string, RuleProgress> rules_;
};

Status add_precision(const Workspace& workspace, std::vector<RuleProgress>& rules) {
  const Result<std::vector<RulePrecision>> known = rule_precision(workspace);
  BIDUI_TRY(known);
  for (RuleProgress& rule : rules) {
    const auto at = std::ranges::find(*known, rule.rule, &RulePrecision::rule);
    if (at == known->end() || at->found_true + at->found_false == 0) continue;
    rule.precision =
        static_cast<double>(at->found_true) / static_cast<double>(at->found_true + at->found_false);
    rule.told = at->found_true + at->found_false;
    rule.low = at->interval().low;
    rule.high = at->interval().high;
  }
  return {};
}

}  // namespace

Result<FlagProgress> flag_progress(const Workspace& workspace, const FlagFilter& filter,
                                   std::string_view today) {
  const Result<FlagList> all = list_flags(workspace, {.rule = filter.rule,
                                                      .township = filter.township,
                                                      .village = filter.village,
                                                      .everything = true});
  BIDUI_TRY(all);
  const auto day = rule::parse_date_text(today);
  Units units(day ? day->first : 0);
  for (const ShownFlag& flag : all->flags) units.add(flag);
  FlagProgress progress{.as_of = std::string(today),
                        .county = units.county,
                        .townships = units.townships(),
                        .villages = units.villages(),
                        .rules = units.rules()};
  BIDUI_TRY(add_precision(workspace, progress.rules));
  return progress;
}

}  // namespace bidui::workspace
