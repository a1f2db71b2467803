#include "matcher/model/survey.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>

namespace bidui::model {
namespace {

constexpr double kNormalQuantile = 1.959964;  // of kConfidence, two-sided

// Strata whose variance can be told, as far as there are enough answers at all.
std::vector<SurveyStratum> with_variance(std::span<const SurveyStratum> strata) {
  std::vector<SurveyStratum> merged(strata.begin(), strata.end());
  std::erase_if(merged, [](const SurveyStratum& s) { return s.households <= 0; });
  const auto by_answers = [](const SurveyStratum& a, const SurveyStratum& b) {
    return a.answers.size() < b.answers.size();
  };
  std::ranges::stable_sort(merged, by_answers);
  while (merged.size() > 1 && merged.front().answers.size() < 2) {
    SurveyStratum& into = merged[1];
    into.households += merged[0].households;
    into.answers.insert(into.answers.end(), merged[0].answers.begin(), merged[0].answers.end());
    merged.erase(merged.begin());
    std::ranges::stable_sort(merged, by_answers);
  }
  return merged;
}

struct Totals {
  double sizes = 0;
  double hits = 0;
  double squares = 0;  // of weighted sizes
  double households = 0;
  double answers = 0;
};

Totals totals_of(const std::vector<SurveyStratum>& strata) {
  Totals totals;
  for (const SurveyStratum& s : strata) {
    totals.households += s.households;
    totals.answers += static_cast<double>(s.answers.size());
    const double weight =
        s.households / static_cast<double>(std::max<std::size_t>(s.answers.size(), 1));
    for (const SurveyAnswer& answer : s.answers) {
      totals.sizes += weight * answer.size;
      totals.squares += std::pow(weight * answer.size, 2);
      if (answer.hit) totals.hits += weight * answer.size;
    }
  }
  return totals;
}

double variance_of(const std::vector<SurveyStratum>& strata, const Totals& totals, double rate) {
  double variance = 0;
  for (const SurveyStratum& s : strata) {
    const auto n = static_cast<double>(s.answers.size());
    if (n < 2) continue;
    double sum = 0;
    double squares = 0;
    for (const SurveyAnswer& answer : s.answers) {
      const double residual = ((answer.hit ? answer.size : 0) - rate * answer.size) / totals.sizes;
      sum += residual;
      squares += residual * residual;
    }
    const double own = std::max(squares - sum * sum / n, 0.0) / (n - 1);
    variance += s.households * std::max(s.households - n, 0.0) / n * own;
  }
  return variance;
}

}  // namespace

std::vector<std::uint64_t> allocate_survey(std::span<const std::uint64_t> strata,
                                           std::uint64_t size) {
  constexpr std::uint64_t kLeast = 2;
  std::vector<std::uint64_t> drawn(strata.size());
  const std::uint64_t all = std::accumulate(strata.begin(), strata.end(), std::uint64_t{0});
  if (size >= all) return {strata.begin(), strata.end()};
  std::uint64_t least = 0;
  for (const std::uint64_t s : strata) least += std::min(s, kLeast);
  std::uint64_t left = size;
  if (least <= size) {
    for (std::size_t s = 0; s < strata.size(); ++s) drawn[s] = std::min(strata[s], kLeast);
    left -= least;
  }
  for (; left > 0; --left) {
    std::size_t next = strata.size();
    double furthest = -1;
    for (std::size_t s = 0; s < strata.size(); ++s) {
      if (drawn[s] == strata[s]) continue;
      const double behind = static_cast<double>(strata[s]) / (static_cast<double>(drawn[s]) + .5);
      if (behind > furthest) {
        furthest = behind;
        next = s;
      }
    }
    ++drawn[next];
  }
  return drawn;
}

std::uint64_t survey_size(std::uint64_t population, double rate, double margin) {
  if (population == 0 || margin <= 0) return population;
  const double infinite = kNormalQuantile * kNormalQuantile * rate * (1 - rate) / (margin * margin);
  const double size = infinite / (1 + (infinite - 1) / static_cast<double>(population));
  return std::min(population, static_cast<std::uint64_t>(std::ceil(std::max(size, 1.0))));
}

Estimate survey_rate(std::span<const SurveyStratum> strata, double confidence) {
  const std::vector<SurveyStratum> merged = with_variance(strata);
  const Totals totals = totals_of(merged);
  if (totals.sizes <= 0) return {0, {0, 1}};
  const double rate = std::clamp(totals.hits / totals.sizes, 0.0, 1.0);
  const double unseen =
      totals.households <= 0 ? 1 : std::max(1 - totals.answers / totals.households, 0.0);
  if (unseen == 0) return {rate, {rate, rate}};
  double effective = totals.sizes * totals.sizes / totals.squares / unseen;
  const double variance = variance_of(merged, totals, rate);
  if (variance > 0) effective = std::min(effective, rate * (1 - rate) / variance);
  const double hits = effective * rate;
  const double tail = (1 - confidence) / 2;
  Interval interval{0, 1};
  if (rate > 0)
    interval.low = boost::math::ibeta_inv(hits, std::max(effective - hits, 0.0) + 1, tail);
  if (rate < 1)
    interval.high = boost::math::ibetac_inv(hits + 1, std::max(effective - hits, 1e-9), tail);
  return {rate, interval};
}

}  // namespace bidui::model
