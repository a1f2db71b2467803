#include "workspace/flag_ledger.h"

#include <algorithm>
#include <map>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/calendar.h"
#include "matcher/text/division.h"
#include "workspace/kept_run.h"
#include "workspace/ledger_flag.h"
#include "workspace/record_reader.h"
#include "workspace/reveal_evidence.h"
#include "workspace/rule_precision.h"

namespace bidui::workspace {
namespace {

using connectors::report::Adjustment;
using connectors::report::FlagLedger;
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
    rule.precision = static_cast<double>(at->found_true) /
                     static_cast<double>(at->found_true + at->found_false);
    rule.low = at->interval().low;
    rule.high = at->interval().high;
  }
  return {};
}

Status add_progress(const Workspace& workspace, const FlagFilter& filter, flag::DayNumber today,
                    FlagLedger& ledger) {
  const Result<FlagList> all = list_flags(workspace, {.rule = filter.rule,
                                                      .township = filter.township,
                                                      .village = filter.village,
                                                      .everything = true});
  BIDUI_TRY(all);
  Units units(today);
  for (const ShownFlag& flag : all->flags) units.add(flag);
  ledger.county_progress = units.county;
  ledger.townships = units.townships();
  ledger.villages = units.villages();
  ledger.rules = units.rules();
  return add_precision(workspace, ledger.rules);
}

Status reveal_all(const Workspace& workspace, std::vector<ShownFlag>& flags) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  for (ShownFlag& flag : flags) BIDUI_TRY(reveal_evidence(*reader, flag));
  return {};
}

}  // namespace

Result<FlagLedger> make_flag_ledger(const Workspace& workspace, const LedgerOrder& order) {
  const Result<KeptRun> run = KeptRun::find(workspace.store(), "");
  BIDUI_TRY(run);
  Result<FlagList> list = list_flags(workspace, order.filter);
  BIDUI_TRY(list);
  const auto today = rule::parse_date_text(order.today);
  if (order.reveal) BIDUI_TRY(reveal_all(workspace, list->flags));
  const SourceTitles titles(workspace.schemas());
  FlagLedger ledger{.county = std::string(text::division_name(workspace.county_code())),
                    .run = run->id(),
                    .evaluation_date = run->evaluation_date(),
                    .today = order.today,
                    .chosen = order.chosen,
                    .beyond_cap = list->beyond_cap,
                    .revealed = order.reveal};
  const LedgerContext context{.titles = titles,
                              .secret = workspace.store().index_secret(),
                              .county = ledger.county,
                              .today = today ? today->first : 0};
  for (const ShownFlag& flag : list->flags) {
    std::vector<Adjustment> entries = adjustments_of(context, flag, ledger.flags.size());
    std::ranges::move(entries, std::back_inserter(ledger.adjustments));
    ledger.flags.push_back(ledger_flag(context, flag));
  }
  BIDUI_TRY(add_progress(workspace, order.filter, context.today, ledger));
  return ledger;
}

}  // namespace bidui::workspace
