#include "workspace/rule_precision.h"

#include <map>

#include "workspace/shown_flag.h"

namespace bidui::workspace {
namespace {

void count(RulePrecision& rule, const flag::Disposition& disposition) {
  for (const flag::Outcome found : disposition.findings()) {
    rule.found_true += found == flag::Outcome::kTrue ? 1 : 0;
    rule.found_false += found == flag::Outcome::kFalse ? 1 : 0;
    rule.cannot_tell += found == flag::Outcome::kCannotTell ? 1 : 0;
  }
}

}  // namespace

Result<std::vector<RulePrecision>> rule_precision(const Workspace& workspace) {
  const Result<std::vector<FlagState>> states = load_flag_states(workspace.store());
  BIDUI_TRY(states);
  const Result<FlagDispositions> dispositions = load_dispositions(workspace.store());
  BIDUI_TRY(dispositions);
  std::map<std::string, RulePrecision> rules;
  for (const FlagState& state : *states) {
    const flag::Disposition& done = disposition_of(*dispositions, state.flag.flag_id).disposition;
    const bool only_gone =
        state.flag.status == flag::Status::kGone && done.state() == flag::State::kOpen;
    RulePrecision& rule = rules[state.flag.rule];
    if (!only_gone) ++rule.by_state[static_cast<std::size_t>(done.state())];
    count(rule, done);
  }
  FlagReader reader(workspace.store());
  std::vector<RulePrecision> result;
  for (auto& [id, rule] : rules) {
    rule.rule = id;
    const rule::Rule* const declared = reader.rule_of(id);
    rule.title = declared == nullptr ? id : declared->title;
    rule.title_en = declared == nullptr ? id : declared->title_en;
    result.push_back(std::move(rule));
  }
  return result;
}

}  // namespace bidui::workspace
