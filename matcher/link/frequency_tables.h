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

// The hash of the bytes that something was read from; 0: unknown. A copy has none: who makes one
// means to change it.
struct ReadHash {
  std::uint64_t value = 0;

  ReadHash() = default;
  ~ReadHash() = default;
  ReadHash(const ReadHash& /*other*/) {}
  ReadHash(ReadHash&&) = default;
  ReadHash& operator=(const ReadHash& other) {
    if (this != &other) value = 0;
    return *this;
  }
  ReadHash& operator=(ReadHash&&) = default;
};

struct FrequencyTables {
  TermTables terms{};
  HotKeys keys{};
  std::uint32_t key_cap = 0;  // from which on keys were refined and cut
  // Records of the streamed side as they were expected: what the preliminary model assumes.
  double expected_right = 0;
  ReadHash read_hash{};
};

// docs/format/tables.md. The same tables give the same bytes.
std::string encode_tables(const FrequencyTables& tables);
// kCorrupt for what is no such file, `place`; kBadInput for one of another version.
Result<FrequencyTables> decode_tables(std::string_view bytes, std::string_view place);

// Of their bytes: names the tables. O(1) for those that decode_tables() gave, which are not to be
// changed in place.
std::uint64_t tables_hash(const FrequencyTables& tables);

}  // namespace bidui::link
