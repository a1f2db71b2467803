#include "matcher/model/proportion.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace bidui::model {
namespace {

// How much of the sampling error is left when `trials` of the population were seen.
double finite_correction(double population, double trials) {
  if (trials >= population) return 0;
  return population <= 1 ? 1 : std::sqrt((population - trials) / (population - 1));
}

// The smallest count that a Poisson variable reaches with at least this probability.
double poisson_quantile(double mean, double probability) {
  constexpr double kMany = 500;  // from where a normal variable does
  constexpr double kNormalQuantile = 1.959964;
  if (mean > kMany) {
    const double side = probability < .5 ? -kNormalQuantile : kNormalQuantile;
    return mean + side * std::sqrt(mean);
  }
  double term = std::exp(-mean);
  double sum = term;
  double count = 0;
  while (sum < probability) {
    ++count;
    term *= mean / count;
    sum += term;
    if (term < 1e-300) break;
  }
  return count;
}

}  // namespace

Interval jeffreys_interval(std::uint64_t hits, std::uint64_t trials, double confidence) {
  if (trials == 0) return {0, 1};
  const double a = static_cast<double>(hits) + .5;
  const double b = static_cast<double>(trials - hits) + .5;
  const double tail = (1 - confidence) / 2;
  return {hits == 0 ? 0 : boost::math::ibeta_inv(a, b, tail),
          hits == trials ? 1 : boost::math::ibetac_inv(a, b, tail)};
}

Estimate estimate_total(std::span<const SampledStratum> strata, double confidence) {
  Estimate total;
  double below = 0;  // squared distances to the low and high ends
  double above = 0;
  double largest = 0;
  for (const SampledStratum& s : strata) {
    const double members = s.population * s.share;
    const Interval ends = jeffreys_interval(s.hits, s.trials, confidence);
    const double rate = s.trials == 0 ? s.assumed_rate
                                      : static_cast<double>(s.hits) / static_cast<double>(s.trials);
    const double left = finite_correction(s.population, static_cast<double>(s.trials));
    total.value += members * rate;
    below += std::pow(members * left * (rate - ends.low), 2);
    above += std::pow(members * left * (ends.high - rate), 2);
    largest += members;
  }
  total.interval = {std::max(total.value - std::sqrt(below), 0.0),
                    std::min(total.value + std::sqrt(above), largest)};
  return total;
}

Estimate with_chance(const Estimate& expected) {
  constexpr double kTail = (1 - kConfidence) / 2;
  return {expected.value,
          {std::min(poisson_quantile(expected.interval.low, kTail), expected.interval.low),
           std::max(poisson_quantile(expected.interval.high, 1 - kTail), expected.interval.high)}};
}

Estimate share_of(const Estimate& part, const Estimate& rest) {
  const auto share = [](double of, double others) {
    return of <= 0 ? 0 : of / (of + std::max(others, 0.0));
  };
  return {
      share(part.value, rest.value),
      {share(part.interval.low, rest.interval.high), share(part.interval.high, rest.interval.low)}};
}

}  // namespace bidui::model
