// What one linkage did, in numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "matcher/link/candidate_search.h"
#include "matcher/link/hot_keys.h"

namespace bidui::link {

struct LinkerStats {
  std::uint64_t left_records = 0;
  std::uint64_t right_records = 0;
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs_kept = 0;
  std::size_t index_entries = 0;
  KeyCounts keys{};
  MeetingsByKind meetings{};           // of what was searched: in an incremental run what changed
  std::size_t later_refined_keys = 0;  // hot, but not so when the tables were counted
  std::size_t later_cut_keys = 0;
};

}  // namespace bidui::link
