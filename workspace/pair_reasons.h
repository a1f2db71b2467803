// Why not: the reasons for which two records are not one person, or are so only indirectly.
#pragma once

#include <string>
#include <vector>

#include "workspace/pair_decision.h"
#include "workspace/pair_evidence.h"
#include "workspace/pair_keys.h"

namespace bidui::workspace {

enum class ReasonKind : std::uint8_t {
  kNothingCompared,  // no run yet
  kNotInRun,         // imported after the newest run
  kThroughOthers,    // linked, but not directly
  kRegistryRule,     // linked as the civil registry's own repetition
  kRegistryOnly,     // two records of the civil registry: one person only by its own rule
  kManyPerPerson,    // two records of a source that may hold a person often: never compared
  kSameSource,       // two records of a source that holds a person once
  kNoSharedKey,
  kKeysTooCommon,
  kTooLow,          // below the lowest possible link
  kBelowThreshold,  // possible, not certain enough
  kRivals,          // other records fit as well: competition took it below the threshold
  kPlaceTaken,      // lost the assignment
  kVetoed,          // each has a record of its own in a source that holds a person once
  kCannotLink,      // people decided so, of the two or of records that are one person with them
};

// "no_shared_key", …: stable. Both vetoes have one name.
std::string_view reason_name(ReasonKind kind);

struct Reason {
  ReasonKind kind = ReasonKind::kNoSharedKey;
  std::vector<model::Summand>
      summands{};      // kTooLow, kBelowThreshold: what pulled down, worst first
  std::size_t at = 0;  // kPlaceTaken: in PairDecision::takers; kVetoed: in its conflicts;
                       // kCannotLink: in its constraints
};

// The decisive one first. Empty for a plain direct link.
std::vector<Reason> pair_reasons(const ExplainedPair& pair, const PairEvidence& evidence,
                                 const PairKeys& keys, const PairDecision& decision);

}  // namespace bidui::workspace
