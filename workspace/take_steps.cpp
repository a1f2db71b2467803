#include "workspace/take_steps.h"

#include <algorithm>
#include <set>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/flag/transition.h"
#include "matcher/rule/calendar.h"
#include "workspace/record_reader.h"
#include "workspace/rule_files.h"
#include "workspace/wrong_link.h"

namespace bidui::workspace {
namespace {

std::string origin_of(const std::string& flag_id) { return std::string(kFlagOrigin) + flag_id; }

bool is_wrong_link(const flag::Step& step) {
  return step.action == flag::Action::kDismiss && step.reason == flag::Reason::kWrongLink;
}

// What the step does not say: it is assigned to the flag's own village; the deadline is the rule's;
// the household was told on the day of the step; a dismissal has the reason that the check had.
flag::Step completed(flag::Step step, const ShownFlag& flag) {
  const flag::TakenStep* const check = flag.done.disposition.last(flag::Action::kCheck);
  if (step.action == flag::Action::kAssign) {
    if (step.assignee.empty()) step.assignee = flag.place;
    if (!step.date && flag.deadline_days > 0) step.date = step.on + flag.deadline_days;
  }
  if (step.action == flag::Action::kNotify && !step.date) step.date = step.on;
  if (step.action == flag::Action::kDismiss && step.reason == flag::Reason::kNone &&
      check != nullptr) {
    step.reason = check->step.reason;
    if (step.note.empty()) step.note = check->step.note;
  }
  return step;
}

Error misplaced_link() {
  return bilingual_error(
      ErrorCode::kInvalidArgument,
      "--link 只用于以“关联错误”排除一个疑点（--reason wrong_link），写明两条不同的记录",
      "--link takes two different records, for dismissing one flag as a wrong link (--reason "
      "wrong_link)");
}

Status check_records(const Workspace& workspace, const StepOrder& order, std::size_t flags) {
  if (order.left.empty()) return {};
  if (flags != 1 || order.left == order.right) return misplaced_link();
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  for (const std::string& name : {order.left, order.right}) BIDUI_TRY(reader->find_record(name));
  return {};
}

// Writes what there is, unless it is only looked at.
Result<StepsTaken> written(StepBatch& batch, bool dry_run, StepsTaken taken) {
  taken.cannot_links_added = batch.cannot_links_added();
  taken.cannot_links_removed = batch.cannot_links_removed();
  if (!dry_run) BIDUI_TRY(batch.write());
  return taken;
}

// What is assigned takes of a cap under which more is to be; and only flags that can be assigned
// take the rest.
Result<FlagFilter> with_work_in_hand(const Workspace& workspace, FlagFilter filter,
                                     flag::Action action) {
  if (!filter.cap.is_set() || action != flag::Action::kAssign) return filter;
  const Result<FlagList> assigned = list_flags(workspace, {.state = flag::State::kAssigned});
  BIDUI_TRY(assigned);
  for (const ShownFlag& flag : assigned->flags) ++filter.cap.in_hand[township_of(flag)];
  if (!filter.state) filter.state = flag::State::kOpen;
  return filter;
}

// One of several that were named, or more, were refused.
Error refusal(const Error& first, std::size_t refused, std::size_t flags) {
  if (flags == 1) return first;
  Error error = first;
  error.message_zh += "；" + std::to_string(flags) + " 个疑点中 " + std::to_string(refused) +
                      " 个不能这样办理，一个也没有办理";
  error.message += "; so it is for " + std::to_string(refused) + " of " + std::to_string(flags) +
                   " flags, and nothing was done about any";
  return error;
}

}  // namespace

Result<StepsTaken::One> StepBatch::take(ShownFlag& flag, const StepOrder& order) {
  const flag::Flag& f = flag.state.flag;
  const flag::Disposition& before = flag.done.disposition;
  KeptStep kept{.flag_id = f.flag_id,
                .taken = {.step = completed(order.step, flag),
                          .from = before.state(),
                          .evidence_hash = f.evidence_hash},
                .recorded = order.recorded,
                .run = flag.state.last_run,
                .evidence = f.evidence,
                .left = order.left,
                .right = order.right};
  const flag::Step& step = kept.taken.step;
  if (!contest_days_) {
    const Result<rule::Profile> profile = profile_in_force(workspace_->store());
    BIDUI_TRY(profile);
    contest_days_ = profile->contest_days().value_or(flag::kContestDays);
  }
  const Result<flag::State> to =
      flag::next_state(before, step, {.touches = flag.touches, .contest_days = *contest_days_});
  if (!to) return to.error().with_context(f.flag_id);
  kept.taken.to = *to;
  if (!order.left.empty() && !is_wrong_link(step)) return misplaced_link();
  if (is_wrong_link(step)) {
    if (kept.left.empty()) {
      Result<RecordNamePair> link = only_link(flag);
      BIDUI_TRY(link);
      std::tie(kept.left, kept.right) = std::move(*link);
    }
    constraints_.added.push_back({.left = kept.left,
                                  .right = kept.right,
                                  .by = step.by,
                                  .reason = step.note.empty() ? "关联错误" : step.note,
                                  .origin = origin_of(f.flag_id)});
  }
  if (step.action == flag::Action::kReturn && is_wrong_link(before.standing().back().step))
    constraints_.removed_origins.push_back(origin_of(f.flag_id));
  add(encode_step(kept, flag.done));
  const StepsTaken::One one{.flag_id = f.flag_id, .from = kept.taken.from, .to = *to};
  add_step(flag.done, std::move(kept.taken));
  return one;
}

Status check_day(flag::DayNumber on, std::string_view recorded) {
  const auto today = rule::parse_date_text(recorded.substr(0, 10));
  if (!today || on <= today->first) return {};
  return bilingual_error(ErrorCode::kInvalidArgument, "办理日期（--on）不能晚于今天",
                         "the day of the step (--on) cannot be after today");
}

Status StepBatch::write() {
  if (entries_.empty()) return {};
  std::vector<store::NamedBytes> models;
  if (cannot_links_added() + cannot_links_removed() != 0) {
    Result<store::NamedBytes> bytes = changed_constraints(workspace_->store(), constraints_);
    BIDUI_TRY(bytes);
    models.push_back(std::move(*bytes));
  }
  return workspace_->store().append_journal(entries_, models);
}

Result<StepsTaken> take_steps(Workspace& workspace, const std::vector<std::string>& flag_ids,
                              const StepOrder& order) {
  const std::set<std::string> ids(flag_ids.begin(), flag_ids.end());
  BIDUI_TRY(check_day(order.step.on, order.recorded));
  BIDUI_TRY(check_records(workspace, order, ids.size()));
  StepsTaken taken;
  StepBatch batch(workspace);
  FlagReader reader(workspace.store());
  std::optional<Error> first;
  std::size_t refused = 0;
  for (const std::string& id : ids) {
    Result<ShownFlag> flag = find_flag(workspace, id, reader);
    BIDUI_TRY(flag);
    Result<StepsTaken::One> one = batch.take(*flag, order);
    if (one) {
      taken.steps.push_back(std::move(*one));
    } else {
      ++refused;
      if (!first) first = one.error();
    }
  }
  if (first) return refusal(*first, refused, ids.size());
  return written(batch, order.dry_run, std::move(taken));
}

Result<StepsTaken> take_steps_where(Workspace& workspace, const FlagFilter& filter,
                                    const StepOrder& order) {
  BIDUI_TRY(check_day(order.step.on, order.recorded));
  BIDUI_TRY(check_records(workspace, order, 0));
  const Result<FlagFilter> within = with_work_in_hand(workspace, filter, order.step.action);
  BIDUI_TRY(within);
  Result<FlagList> list = list_flags(workspace, *within);
  BIDUI_TRY(list);
  StepsTaken taken{.beyond = list->beyond, .unknown = std::move(list->unknown)};
  StepBatch batch(workspace);
  for (ShownFlag& flag : list->flags) {
    Result<StepsTaken::One> one = batch.take(flag, order);
    if (one) {
      taken.steps.push_back(std::move(*one));
      continue;
    }
    const ErrorCode code = one.error().code;
    if (code != ErrorCode::kConflict && code != ErrorCode::kInvalidArgument) return one.error();
    ++taken.left_out;
    if (!taken.why_left_out) taken.why_left_out = one.error();
  }
  if (taken.steps.empty()) {
    if (taken.why_left_out) return *taken.why_left_out;
    if (taken.beyond.flags + taken.beyond.without_place != 0) return taken;
    if (taken.unknown.empty())
      return bilingual_error(ErrorCode::kNotFound, "没有符合条件的疑点，见 bidui flag list",
                             "no flag passes the filter; see bidui flag list");
  }
  return written(batch, order.dry_run, std::move(taken));
}

}  // namespace bidui::workspace
