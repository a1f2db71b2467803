// A step about one flag or many: checked, then kept with all that hangs on it, all or nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/flag/disposition.h"
#include "workspace/constraint.h"
#include "workspace/shown_flag.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct StepOrder {
  flag::Step step{};
  std::string recorded{};  // wall time, "2026-11-30T17:20:33+0800": no step is of a later day
  // Of a dismissal as wrong link: the two records, where the evidence does not say which.
  std::string left{};
  std::string right{};
  bool dry_run = false;  // only checks
};

struct StepsTaken {
  struct One {
    std::string flag_id{};
    flag::State from{};
    flag::State to{};
  };
  std::vector<One> steps{};
  // Of those that pass a filter: the step is not possible for them, or lacks what they need.
  std::size_t left_out = 0;
  std::optional<Error> why_left_out{};  // of the first
  BeyondCap beyond{};                   // FlagList::beyond
  std::size_t cannot_links_added = 0;
  std::size_t cannot_links_removed = 0;
  std::vector<UnknownPlace> unknown{};  // places of the filter that are nowhere
};

// Steps about flags, each checked as it is taken, and written together: all that hang on them too.
// Not for several threads.
class StepBatch {
 public:
  explicit StepBatch(Workspace& workspace) : workspace_(&workspace) {}

  // The step about one flag, which stands in `flag.done` after it, for the next about the same.
  // Errors: kInvalidArgument and kConflict as next_state(); batch and flag are as they were.
  Result<StepsTaken::One> take(ShownFlag& flag, const StepOrder& order);
  // Another entry of the journal, in its place among the steps.
  void add(store::JournalEntry entry) { entries_.push_back(std::move(entry)); }

  std::size_t cannot_links_added() const { return constraints_.added.size(); }
  std::size_t cannot_links_removed() const { return constraints_.removed_origins.size(); }
  // Durably, all or none; nothing where nothing was taken.
  Status write();

 private:
  Workspace* workspace_;
  std::vector<store::JournalEntry> entries_;
  ConstraintChange constraints_;
  std::optional<int> contest_days_;  // of the profile with which the newest run was evaluated
};

// No step is of a day after the one on which it is recorded. kInvalidArgument.
Status check_day(flag::DayNumber on, std::string_view recorded);

// Takes the step about each of the flags, or about none. Errors: kNotFound; kInvalidArgument and
// kConflict as next_state() (the flag stands in the error's place); those of the store. A dismissal
// as wrong link becomes a cannot-link (origin "flag ID"), and sending it back removes that.
Result<StepsTaken> take_steps(Workspace& workspace, const std::vector<std::string>& flag_ids,
                              const StepOrder& order);

// About all flags that pass the filter and for which it is possible. An error where it is for none.
// Under a cap, what is assigned already counts where more is to be assigned.
Result<StepsTaken> take_steps_where(Workspace& workspace, const FlagFilter& filter,
                                    const StepOrder& order);

}  // namespace bidui::workspace
