// Whether two records meet: the kinds of fuzzy keys that each has, and what became of each kind.
#pragma once

#include <string>
#include <vector>

#include "matcher/key/near_miss.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

enum class KeyState : std::uint8_t {
  kMeets,         // shared: makes the two a candidate pair
  kRefinedMeets,  // too common, but the further attribute agrees
  kRefinedApart,  // too common, and the further attribute differs or is missing
  kCut,           // too common even with the further attribute
  kCovered,       // a place's key alone, and both have better ones (key::Coverage): not followed
  kApart,         // both have the kind, with different values
  kOneSided,      // only one of the two has it
};

std::string_view key_state_name(KeyState state);  // "meets", …

struct ExplainedKey {
  key::KeyKind kind = key::KeyKind::kId;
  KeyState state = KeyState::kOneSided;
  std::uint64_t records = 0;  // of the sources beside the civil registry that have a shared key
  std::uint64_t refined_records =
      0;  // of these with the same further attribute, where it was asked
};

struct PairKeys {
  std::vector<ExplainedKey> kinds{};  // ascending by kind; of several keys of a kind the best
  std::vector<key::NearMiss> near_misses{};  // where nothing is shared

  bool meets() const;   // a candidate pair
  bool shared() const;  // by some key, be it cut
};

// From how many records on a key is refined, then cut.
std::uint32_t key_cap();

// As the candidate search of a run over the current deliveries would, with the kept frequency
// tables. Errors: those of the store.
Result<PairKeys> pair_keys(const ExplainedPair& pair);

std::string_view key_kind_title(key::KeyKind kind);  // Chinese

}  // namespace bidui::workspace
