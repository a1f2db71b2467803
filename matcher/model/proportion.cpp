#include "matcher/model/proportion.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace bidui::model {
namespace {

constexpr double kNormalQuantile = 1.959964;  // of kConfidence, two-sided

// How much of the sampling error is left when `trials` of the population were seen.
double finite_correction(double population, double trials) {
  if (trials >= population) return 0;
  return population <= 1 ? 1 : std::sqrt((population - trials) / (population - 1));
}

// The smallest count that a variable reaches with at least this probability that is Poisson around
// a mean which is itself uncertain: a gamma variable of this mean and coefficient of variation
// `spread` (together a negative binomial one).
double count_quantile(double mean, double spread, double probability) {
  constexpr double kMany = 2000;         // from where the uncertain mean outweighs Poisson's law
  constexpr double kLeastSpread = 1e-3;  // below it is Poisson's law
  const double shape = 1 / std::pow(std::max(spread, kLeastSpread), 2);
  if (mean <= 0) return 0;
  if (mean > kMany) {
    const double by_mean = boost::math::gamma_p_inv(shape, probability) / shape * mean - mean;
    const double reach = std::hypot(by_mean, kNormalQuantile * std::sqrt(mean));
    return std::max(probability < .5 ? mean - reach : mean + reach, 0.0);
  }
  double term = std::exp(-shape * std::log1p(mean / shape));
  double sum = term;
  double count = 0;
  while (sum < probability && term > 1e-300) {
    term *= (shape + count) / (count + 1) * mean / (shape + mean);
    ++count;
    sum += term;
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

namespace {

// Clopper and Pearson's low end, Jeffreys' high end.
Interval stratum_interval(const SampledStratum& s, double confidence) {
  Interval ends = jeffreys_interval(s.hits, s.trials, confidence);
  if (s.hits > 0) {
    const double hits = static_cast<double>(s.hits);
    const double misses = static_cast<double>(s.trials - s.hits);
    ends.low = boost::math::ibeta_inv(hits, misses + 1, (1 - confidence) / 2);
  }
  return ends;
}

}  // namespace

Estimate estimate_total(std::span<const SampledStratum> strata, double confidence) {
  Estimate total;
  double below = 0;  // squared distances to the low and high ends
  double above = 0;
  double largest = 0;
  for (const SampledStratum& s : strata) {
    const double members = s.population * s.share;
    const Interval ends = stratum_interval(s, confidence);
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

Estimate with_chance(const Estimate& expected, const Partition& part) {
  constexpr double kTail = (1 - kConfidence) / 2;
  const double rest = 1 - std::clamp(part.share, 0.0, 1.0);
  const double spread = part.spread * rest;
  const auto& [low, high] = expected.interval;
  const double above = count_quantile(high, spread, 1 - kTail) - high;
  const double scale = std::sqrt(rest);
  return {expected.value,
          {std::min(low, count_quantile(low, spread, kTail)),
           expected.value + std::hypot(high - expected.value, scale * std::max(above, 0.0))}};
}

double largest_mean(double count) { return boost::math::gamma_p_inv(count + 1, kConfidence); }

Estimate sum_of(const Estimate& one, const Estimate& other) {
  const double value = one.value + other.value;
  return {value,
          {value - std::hypot(one.value - one.interval.low, other.value - other.interval.low),
           value + std::hypot(one.interval.high - one.value, other.interval.high - other.value)}};
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
