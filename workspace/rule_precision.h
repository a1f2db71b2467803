// How often people found the flags of each rule true.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/disposition.h"
#include "matcher/model/proportion.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct RulePrecision {
  std::string rule{};
  std::string title{};
  std::string title_en{};
  std::array<std::uint64_t, flag::kStates> by_state{};  // flags in hand, and settled ones
  // What checks found; a flag that was opened again counts once for each time.
  std::uint64_t found_true = 0;
  std::uint64_t found_false = 0;
  std::uint64_t cannot_tell = 0;

  // Of those that could be told; [0, 1] before the first.
  model::Interval interval() const {
    return model::jeffreys_interval(found_true, found_true + found_false);
  }
};

// By rule; those that have no flag are missing. Reads all flags and what was done about them.
Result<std::vector<RulePrecision>> rule_precision(const Workspace& workspace);

}  // namespace bidui::workspace
