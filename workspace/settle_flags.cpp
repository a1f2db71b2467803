#include "workspace/settle_flags.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "matcher/flag/transition.h"
#include "matcher/rule/calendar.h"

namespace bidui::workspace {
namespace {

using FlagById = std::unordered_map<std::string_view, const FlagState*>;

FlagById by_id(const std::vector<FlagState>& flags, bool gone_too) {
  FlagById result;
  for (const FlagState& flag : flags) {
    if (gone_too || flag.flag.status != flag::Status::kGone)
      result.emplace(flag.flag.flag_id, &flag);
  }
  return result;
}

// Why a settled flag that is raised is open again; nothing where it stays settled.
std::optional<std::string_view> reopening(const FlagDisposition& done, const flag::Flag& flag,
                                          bool was_gone, flag::DayNumber today) {
  const flag::TakenStep& last = done.disposition.standing().back();
  const bool changed = last.evidence_hash != flag.evidence_hash;
  if (done.disposition.state() == flag::State::kDismissed) {
    if (changed) return kEvidenceChangedNote;
    if (last.step.date && today > *last.step.date) return kExpiredNote;
    return std::nullopt;
  }
  if (was_gone || last.step.role == flag::Role::kProgram) return kRaisedAgainNote;
  if (changed) return kEvidenceChangedNote;
  return std::nullopt;
}

class Settler {
 public:
  explicit Settler(const RunDay& day) : day_(day) {
    if (const auto range = rule::parse_date_text(day.evaluation_date)) today_ = range->last;
    const auto recorded = rule::parse_date_text(std::string_view(day.recorded).substr(0, 10));
    step_day_ = recorded ? std::min(today_, recorded->first) : today_;
  }

  flag::DayNumber today() const { return today_; }

  // The program's step; the state after it.
  flag::State take(const FlagDisposition& done, const FlagState& flag, flag::Action action,
                   std::string_view note) {
    const flag::Disposition& before = done.disposition;
    KeptStep kept{
        .flag_id = flag.flag.flag_id,
        .taken = {.step = {.action = action,
                           .role = flag::Role::kProgram,
                           .by = "bidui",
                           .on = std::max(step_day_, before.last_day().value_or(step_day_)),
                           .note = std::string(note)},
                  .from = before.state(),
                  .evidence_hash = flag.flag.evidence_hash},
        .recorded = day_.recorded,
        .run = day_.run_id,
        .evidence = flag.flag.evidence};
    const Result<flag::State> to = flag::next_state(before, kept.taken.step, {});
    if (!to) return before.state();  // the table of transitions has none: never
    kept.taken.to = *to;
    result.steps.push_back(encode_step(kept, done));
    return *to;
  }

  SettledFlags result;

 private:
  const RunDay& day_;
  flag::DayNumber today_ = 0;     // the evaluation date
  flag::DayNumber step_day_ = 0;  // not in the future, or people could take no step after it
};

bool is_skipped(const flag::Flag& flag, const std::vector<flag::Skipped>& skipped) {
  return std::ranges::any_of(skipped, [&](const flag::Skipped& s) {
    return s.rule == flag.rule && s.source == flag.source;
  });
}

}  // namespace

SettledFlags settle_flags(const FlagDispositions& before, const std::vector<FlagState>& previous,
                          const std::vector<flag::Skipped>& skipped, const RunDay& day,
                          std::vector<FlagState>& flags) {
  Settler settler(day);
  if (before.empty()) return {};
  const FlagById known = by_id(previous, true);
  for (FlagState& flag : flags) {
    const auto done = before.find(flag.flag.flag_id);
    if (done == before.end()) continue;
    flag.disposition = done->second.disposition.state();
    const bool gone = flag.flag.status == flag::Status::kGone;
    if (!flag::is_settled(flag.disposition)) {
      if (gone && flag.disposition != flag::State::kOpen &&
          flag.disposition != flag::State::kConfirmed)
        ++settler.result.gone_in_hand;
      continue;
    }
    if (gone) continue;
    const auto at = known.find(flag.flag.flag_id);
    const bool was_gone = at != known.end() && at->second->flag.status == flag::Status::kGone;
    if (const auto why = reopening(done->second, flag.flag, was_gone, settler.today())) {
      flag.disposition = settler.take(done->second, flag, flag::Action::kReopen, *why);
      ++settler.result.reopened;
    } else {
      ++settler.result.settled;
    }
  }
  const FlagById raised = by_id(flags, false);
  for (const auto& [id, done] : before) {
    if (done.disposition.state() != flag::State::kConfirmed || raised.contains(id)) continue;
    const auto at = known.find(id);
    if (at == known.end() || is_skipped(at->second->flag, skipped)) continue;
    settler.take(done, *at->second, flag::Action::kClose, kSourcesAgreeNote);
    ++settler.result.closed;
  }
  return std::move(settler.result);
}

}  // namespace bidui::workspace
