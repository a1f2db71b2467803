// What a linkage counts over all records before it can judge a pair. Counted when a model is
// trained and frozen with it (contracts §6): from then on what a pair weighs, and which pairs meet,
// depends on the two records and these tables, not on who else was delivered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "matcher/base/result.h"
#include "matcher/link/hot_keys.h"
#include "matcher/link/term_tables.h"

namespace bidui::link {

struct FrequencyTables {
  TermTables terms{};
  HotKeys keys{};
  std::uint32_t key_cap = 0;  // from which on keys were refined and cut
  // Records of the streamed side as they were expected: what the preliminary model assumes.
  double expected_right = 0;
  std::uint64_t read_hash = 0;  // of the bytes that they were read from; 0: counted just now
};

// docs/format/tables.md. The same tables give the same bytes.
std::string encode_tables(const FrequencyTables& tables);
// kCorrupt for what is no such file, `place`; kBadInput for one of another version.
Result<FrequencyTables> decode_tables(std::string_view bytes, std::string_view place);

// Of their bytes: names the tables. O(1) where they were read and not changed since.
std::uint64_t tables_hash(const FrequencyTables& tables);

}  // namespace bidui::link
