// The prior of a pair under the condition that nobody has two partners. Fellegi and Sunter's prior,
// matches / (left x right), says how probable it is that two records drawn at random are one
// person. A decision asks for more: given that this record has no better candidate, has it this
// partner or none? Where nearly everybody of the left side is known to the right side, having none
// is improbable. The prior odds of two records that are still without a partner are
//   matches / ((left - matches) x (right - matches))
// (the uniform prior over matchings: Sadinle 2017, Bayesian estimation of bipartite matchings).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/candidate_search.h"

namespace bidui::link {

struct PairOddsInput {
  std::span<const CandidatePair> pairs{};  // scored with `match_share` as the prior
  const std::vector<bool>& left_rows;      // which rows of the left table this is about
  double left = 0;                         // how many they are
  double right = 0;
  double match_share = 0;
  bool right_shared = false;  // a right record may have several partners (an owner his houses)
};

// Finds the number of matches that the pairs themselves imply under these odds, by fixed point, and
// gives the odds; match_share / (1 - match_share) where there are no pairs. Never takes a side to
// be complete: one record in a hundred has no partner. Rounded to a 64th of a bit, so that the
// order of the pairs does not show. O(pairs).
double fit_pair_odds(const PairOddsInput& input);

}  // namespace bidui::link
