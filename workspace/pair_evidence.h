// What two records say of themselves, before any other record is looked at; and which other records
// say as much.
#pragma once

#include <string>
#include <vector>

#include "workspace/pair_scorer.h"

namespace bidui::workspace {

struct PairEvidence {
  std::string model{};  // PairScorer::model_name
  std::vector<model::Summand> summands{};
  double weight = 0;           // their sum: log2 posterior odds
  std::uint64_t bearers = 0;   // records of both sides with exactly this name; 0: not equal
  std::uint64_t compared = 0;  // records of both sides
};

// The same weight as the run gave the pair, where the run saw the current deliveries. Errors: those
// of the store.
Result<PairEvidence> pair_evidence(const ExplainedPair& pair, const PairScorer& scorer);

// A record of the other one's source that fits one of the two about as well.
struct Rival {
  std::string of{};      // the record of the pair
  std::string record{};  // that fits it, too
  std::string name{};    // masked
  std::string id_number{};
  std::string birth{};
  double weight = 0;  // of its own evidence with `of`
};

// Found by the fuzzy keys of each of the two; no less than seven bits (1 : 128) below the pair and
// at least possible; the best five, heaviest first. Empty for two records of one source. Keys that
// very many records have are not followed.
Result<std::vector<Rival>> pair_rivals(const ExplainedPair& pair, const PairScorer& scorer,
                                       double weight);

}  // namespace bidui::workspace
