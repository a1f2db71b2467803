// Rates of false and missed links of a group of pairs: as the model expects them, or as reviewed
// pairs show them.
#pragma once

#include <optional>
#include <span>

#include "matcher/link/error_share.h"
#include "matcher/model/proportion.h"

namespace bidui::link {

struct ErrorRates {
  std::uint64_t links = 0;
  model::Estimate false_links{};     // how many of the links
  model::Estimate missed_pairs{};    // matches that were scored and not linked
  model::Estimate missed_by_keys{};  // matches that share no key: at least so many
  model::Estimate false_rate{};      // false links / links
  model::Estimate missed_rate{};     // missed, in both ways, / all matches
  // Not reviewed, and there are links: up to where chance alone may take the rates that the model
  // expects (Poisson's upper limit at 95 %: from none in n it is 3 / n); of the missed rate also
  // what all matches that the model expects leave, where that is known and more. No bounds of the
  // truth: they take the model to be right.
  std::optional<double> false_at_most{};
  std::optional<double> missed_at_most{};
  bool reviewed = false;  // else only missed_by_keys has an interval
};

// The model's own expectation. It is as good as the model's probabilities: nothing is known of how
// far these are off, so that there is no interval; docs/errors.md has how far it was off on
// generated counties. `expected_matches`: in all pairs, by the model's match share.
ErrorRates expected_rates(const ErrorTally& group,
                          std::optional<double> expected_matches = std::nullopt);

// How far the model's shares of a stratum's errors are off (error_share.h). Between pairs of
// sources it errs much: where records have most fields it is surest, and had two or three times the
// errors that its share gives (14 generated counties). Between townships, ages and ethnic groups
// nothing was seen but chance (.1); real offices differ more than generated ones.
inline constexpr double kSourceSpread = 1;
inline constexpr double kRecordSpread = .3;

// Calibrated by a stratified review of pairs of `all`, of which `group` is a part or the whole.
// Cells outside the strata (nothing was drawn there) keep the model's expectation in the middle of
// an interval from none to all.
ErrorRates reviewed_rates(const ErrorTally& group, const ErrorTally& all,
                          std::span<const ReviewedStratum> strata, double spread = kRecordSpread);

}  // namespace bidui::link
