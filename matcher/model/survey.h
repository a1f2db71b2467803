// Rates from a stratified random sample of households: how many to draw where, and what the visits
// say, with an interval.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/model/proportion.h"

namespace bidui::model {

// How many of each stratum to draw, `size` in all (or all there are): two of each where that can be
// (less says nothing of how much a stratum varies), the rest in proportion to the strata, each next
// one to the stratum that is furthest behind (Sainte-Laguë). O(size * strata).
std::vector<std::uint64_t> allocate_survey(std::span<const std::uint64_t> strata,
                                           std::uint64_t size);

// The size of a simple random sample for which a rate near `rate` is known to ± `margin` with
// kConfidence: z² p (1 - p) / margin², corrected for a population that is not large (Cochran 1977,
// Sampling Techniques, §4.4). At most `population`.
std::uint64_t survey_size(std::uint64_t population, double rate, double margin);

// A household that was visited: its size (persons; 1 to count households), and whether it is what
// is counted.
struct SurveyAnswer {
  double size = 1;
  bool hit = false;
};

// Households in the stratum, and those of the sample of which the visit could tell.
struct SurveyStratum {
  double households = 0;
  std::vector<SurveyAnswer> answers{};
};

// Σ sizes of hits / Σ sizes, each household weighted by how many it stands for: the combined ratio
// estimator (Cochran 1977, §6.10-6.11), variance by linearisation with the finite correction.
// Strata with fewer than two answers are taken together with each other or the smallest other one.
// The interval is Korn and Graubard's (1998, Survey Methodology 24, 193-201): Clopper and
// Pearson's, with the number of visits that a simple random sample of the same variance would need;
// the variance is never taken to be less than the weights alone make it, as one from few hits
// scatters itself. [0, 1] without answers.
Estimate survey_rate(std::span<const SurveyStratum> strata, double confidence = kConfidence);

}  // namespace bidui::model
