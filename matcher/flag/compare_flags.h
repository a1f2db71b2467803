// What became of each flag since the run before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/flag/flag.h"

namespace bidui::flag {

// What is kept of a flag between runs. Of one that is gone the record stays, so that its return is
// seen.
struct KnownFlag {
  std::string flag_id;
  std::string rule;
  std::string source;
  std::uint64_t evidence_hash = 0;
  bool gone = false;
};

// A rule that was not evaluated for a subject source: its flags cannot be called gone.
struct Skipped {
  std::string rule;
  std::string source;
};

struct FlagChanges {
  // One per current flag, in their order.
  std::vector<Status> statuses;
  // Flags of the run before that are not raised any more (those gone already are not repeated), by
  // identity.
  std::vector<std::string> gone;
  // What the next run compares with: the current flags, and all that were ever known; by identity.
  std::vector<KnownFlag> known;
};

// Pure; the order of the lists does not matter to the statuses. Flags of a skipped rule stay known
// as they were, and are neither current nor gone. O(n log n).
FlagChanges compare_flags(const std::vector<KnownFlag>& previous,
                          const std::vector<KnownFlag>& current,
                          const std::vector<Skipped>& skipped = {});

}  // namespace bidui::flag
