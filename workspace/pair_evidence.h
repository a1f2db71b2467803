// What two records say of themselves: the summands of their weight under the model of their
// sources, before any other record is looked at.
#pragma once

#include <string>
#include <vector>

#include "matcher/model/summands.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

struct PairEvidence {
  std::string model{};  // whose: "poverty", "among_sources"; "default" before the first comparison
  compare::ComparisonVector vector = 0;
  std::vector<model::Summand> summands{};
  double weight = 0;           // their sum: log2 posterior odds
  std::uint64_t bearers = 0;   // records of both sides with exactly this name; 0: not equal
  std::uint64_t compared = 0;  // records of both sides; 0: not counted
};

// The same weight as the run gave the pair, where the run saw the current deliveries. Counts the
// bearers of a name by one pass over the features where the names are equal; uses all threads.
Result<PairEvidence> pair_evidence(const ExplainedPair& pair);

}  // namespace bidui::workspace
