// What became of the flags since another run, and what each run keeps of them so that a later one
// can be told apart from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/compare_flags.h"
#include "workspace/flag_states.h"

namespace bidui::workspace {

// The artefact (docs/format/run.md): every flag known after the run, by identity.
std::string encode_known_flags(const std::vector<flag::KnownFlag>& known);

// Flags as a run knew them. Their rule and source are those of `states`. kNotFound where the run
// was made by an older version.
Result<std::vector<flag::KnownFlag>> load_known_flags(const store::Store& store,
                                                      std::string_view run_id,
                                                      const std::vector<FlagState>& states);

struct FlagChange {
  std::vector<FlagState> previous{};     // as last seen, by whatever run
  std::vector<flag::KnownFlag> since{};  // of the run to differ from
  std::vector<flag::Skipped> skipped{};
  std::string run_id{};
};

struct ChangedFlags {
  // Flags that `since` did not know and the newest run raised, but this one does not: gone, and no
  // change since then.
  std::vector<FlagState> retired{};
  std::vector<flag::KnownFlag> known{};  // after this run
};

// Sets the statuses, and appends the flags that are gone with what was last known of them.
ChangedFlags change_flags(const FlagChange& change, std::vector<FlagState>& flags);

}  // namespace bidui::workspace
