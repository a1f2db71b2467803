// Rates of false and missed links of a group of pairs: as the model expects them, or as reviewed
// pairs show them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "matcher/link/error_tally.h"
#include "matcher/model/proportion.h"

namespace bidui::link {

struct ErrorRates {
  std::uint64_t links = 0;
  model::Estimate false_links{};     // how many of the links
  model::Estimate missed_pairs{};    // matches that were scored and not linked
  model::Estimate missed_by_keys{};  // matches that share no key: at least so many
  model::Estimate false_rate{};      // false links / links
  model::Estimate missed_rate{};     // missed, in both ways, / all matches
  // Not reviewed: the missed rate by all matches that the model expects, where that is known.
  std::optional<double> missed_at_most{};
  bool reviewed = false;  // else only missed_by_keys has an interval
};

// The model's own expectation. It is as good as the model's probabilities: nothing is known of how
// far these are off, so that there is no interval. On generated counties (bench/errors) false links
// were fewer than expected; missed ones more than the pairs' own probabilities say and fewer than
// `expected_matches` leaves (matches in all pairs, by the model's match share).
ErrorRates expected_rates(const ErrorTally& group,
                          std::optional<double> expected_matches = std::nullopt);

// A stratum of a review: pairs were drawn from all of these cells together, and `trials` answered.
struct ReviewedStratum {
  std::vector<TallyCell> cells{};
  std::uint64_t trials = 0;
  std::uint64_t errors = 0;  // false links, or matches among non-links
};

// Calibrated by a stratified review of pairs of `all`, of which `group` is a part or the whole. A
// part takes of each stratum's errors the share that the model gives it, and chance besides: its
// interval holds as far as errors of one stratum fall on groups as the model says. Cells outside
// the strata (nothing was drawn there) keep the model's expectation in the middle of an interval
// from none to all.
ErrorRates reviewed_rates(const ErrorTally& group, const ErrorTally& all,
                          std::span<const ReviewedStratum> strata);

}  // namespace bidui::link
