// From a linked world to its flags: rules evaluated, each finding a flag.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/compare_flags.h"
#include "matcher/rule/evaluate.h"
#include "workspace/flag_states.h"
#include "workspace/progress.h"
#include "workspace/run_world.h"

namespace bidui::workspace {

// How one rule went, for summaries.
struct RuleOutcome {
  std::string rule{};
  std::string title{};
  std::string title_en{};
  std::string severity{};
  std::uint64_t subjects = 0;
  std::uint64_t excepted = 0;
  std::uint64_t undecided = 0;
  std::uint64_t not_covered = 0;
  std::uint64_t suppressed = 0;
  std::array<std::uint64_t, 5> by_status{};  // flag::Status
  std::uint64_t settled = 0;  // of those raised: dismissed or closed, for nobody to look at
  Bilingual not_evaluated{};  // why, for the subject sources concerned; empty if evaluated
};

struct RaisedFlags {
  rule::Plan plan{};
  rule::Evaluation evaluation{};
  std::vector<FlagState> flags{};  // ranked; not yet compared with earlier runs (flag_changes.h)
};

// All threads; the same whatever their number.
RaisedFlags raise_flags(const RunWorld& world, const Progress& progress);

// The rules of flags raised before that were not evaluated now, and for which source: whatever the
// reason (a source that is missing, a rule that is switched off or there no more), their flags are
// neither there nor gone.
std::vector<flag::Skipped> skipped_rules(const RunWorld& world, const rule::Plan& plan,
                                         const std::vector<FlagState>& previous);

// One per rule, in the order of the rules; then those that the profile switches off.
std::vector<RuleOutcome> rule_outcomes(const RunWorld& world, const RaisedFlags& raised);

}  // namespace bidui::workspace
