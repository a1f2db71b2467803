// What a run does about flags that people have dealt with: it opens again what was dismissed and
// holds no longer, closes what was confirmed and is gone, and leaves the rest to people.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"
#include "workspace/flag_states.h"
#include "workspace/flag_steps.h"

namespace bidui::workspace {

// Notes of the program's own steps.
inline constexpr std::string_view kExpiredNote = "expired";             // the dismissal
inline constexpr std::string_view kEvidenceChangedNote = "changed";     // since it was settled
inline constexpr std::string_view kRaisedAgainNote = "raised again";    // after it was gone
inline constexpr std::string_view kSourcesAgreeNote = "sources agree";  // the flag is gone

struct RunDay {
  std::string run_id{};
  std::string evaluation_date{};
  std::string recorded{};  // wall time, "" = not known
};

struct SettledFlags {
  std::vector<store::JournalEntry> steps{};  // of the program; kept with the run
  std::uint64_t closed = 0;
  std::uint64_t reopened = 0;
  std::uint64_t settled = 0;       // raised by this run, but dismissed or closed
  std::uint64_t gone_in_hand = 0;  // gone since the run before while people are at them
};

// `flags` are those of the run with their statuses, `previous` those known before it. Sets what
// people made of each of `flags`. Flags of a skipped rule are neither closed nor opened.
SettledFlags settle_flags(const FlagDispositions& before, const std::vector<FlagState>& previous,
                          const std::vector<flag::Skipped>& skipped, const RunDay& day,
                          std::vector<FlagState>& flags);

}  // namespace bidui::workspace
