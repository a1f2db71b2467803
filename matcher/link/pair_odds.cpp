#include "matcher/link/pair_odds.h"

#include <algorithm>
#include <cmath>

namespace bidui::link {
namespace {

constexpr double kLeastAbsent = .01;  // of each side
constexpr int kRounds = 30;

// Those of a side who have no partner.
double without_partner(double records, double matches) {
  return std::max({records - matches, records * kLeastAbsent, 1.0});
}

double odds_at(const PairOddsInput& input, double matches) {
  const double right = input.right_shared ? input.right : without_partner(input.right, matches);
  return matches / (without_partner(input.left, matches) * std::max(right, 1.0));
}

// The summed odds of each left record's pairs, free of the prior.
std::vector<double> evidence_of_lefts(const PairOddsInput& input) {
  constexpr double kLimit = 60;
  std::vector<double> sums(input.left_rows.size());
  for (const CandidatePair& pair : input.pairs) {
    if (!input.left_rows[pair.left]) continue;
    const auto weight = static_cast<double>(pair.weight);
    sums[pair.left] += std::exp2(std::clamp(weight, -kLimit, kLimit)) / input.match_share;
  }
  std::erase(sums, 0.0);
  return sums;
}

}  // namespace

double fit_pair_odds(const PairOddsInput& input) {
  const std::vector<double> evidence = evidence_of_lefts(input);
  double matches = input.match_share * input.left * input.right;
  for (int round = 0; round < kRounds && !evidence.empty(); ++round) {
    const double odds = odds_at(input, matches);
    double found = 0;
    for (const double e : evidence) found += e * odds / (1 + e * odds);
    const bool settled = std::abs(found - matches) < 1e-6 * matches;
    matches = std::max(found, .5);
    if (settled) break;
  }
  const double odds =
      evidence.empty() ? input.match_share / (1 - input.match_share) : odds_at(input, matches);
  constexpr double kSteps = 64;
  return std::exp2(std::round(std::log2(odds) * kSteps) / kSteps);
}

}  // namespace bidui::link
