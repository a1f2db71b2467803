// A step about one flag or many: checked, then kept with all that hangs on it, all or nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/flag/disposition.h"
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
  std::size_t cannot_links_added = 0;
  std::size_t cannot_links_removed = 0;
  std::vector<UnknownPlace> unknown{};  // places of the filter that are nowhere
};

// Takes the step about each of the flags, or about none. Errors: kNotFound; kInvalidArgument and
// kConflict as next_state() (the flag stands in the error's place); those of the store. A dismissal
// as wrong link becomes a cannot-link (origin "flag ID"), and sending it back removes that.
Result<StepsTaken> take_steps(Workspace& workspace, const std::vector<std::string>& flag_ids,
                              const StepOrder& order);

// About all flags that pass the filter and for which it is possible. An error where it is for none.
Result<StepsTaken> take_steps_where(Workspace& workspace, const FlagFilter& filter,
                                    const StepOrder& order);

}  // namespace bidui::workspace
