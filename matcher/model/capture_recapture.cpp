#include "matcher/model/capture_recapture.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace bidui::model {
namespace {

constexpr double kNormalQuantile = 1.959964;  // of kConfidence, two-sided

struct Catches {
  std::array<double, kCaptureGroups> only{};  // found by one group
  double by_two = 0;

  double missed() const {
    double products = 0;
    for (std::size_t i = 0; i < only.size(); ++i) {
      for (std::size_t j = i + 1; j < only.size(); ++j) products += only[i] * only[j];
    }
    return products / (by_two + 1);
  }

  // By the delta method, each count a Poisson variable.
  double variance() const {
    double sum = 0;
    for (const double own : only) sum += own;
    const double by_change_of_two = missed() / (by_two + 1);
    double variance = by_change_of_two * by_change_of_two * by_two;
    for (const double own : only) variance += std::pow((sum - own) / (by_two + 1), 2) * own;
    return variance;
  }
};

Catches catches_of(const CaptureCounts& counts) {
  Catches catches;
  for (std::size_t set = 1; set < counts.size(); ++set) {
    const int groups = std::popcount(set);
    if (groups == 1) catches.only[static_cast<std::size_t>(std::countr_zero(set))] = counts[set];
    if (groups == 2) catches.by_two += counts[set];
  }
  return catches;
}

}  // namespace

Estimate missed_by_all(const CaptureCounts& counts) {
  const Catches catches = catches_of(counts);
  double found = 0;
  for (const double count : counts) found += count;
  if (found <= 0) return {};
  // Half a match more in each group: none found is no proof that there is none.
  Catches padded = catches;
  for (double& own : padded.only) own += .5;
  const double reach = kNormalQuantile * std::sqrt(padded.variance());
  const double value = catches.missed();
  return {value, {std::max(value - reach, 0.0), std::max(value, padded.missed()) + reach}};
}

}  // namespace bidui::model
