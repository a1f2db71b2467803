#include "matcher/link/second_partners.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace bidui::link {
namespace {

// The name that a linked record shares with its partner and a second one was counted three times,
// the name of an absent person and his namesake twice: so much heavier is their pair at most.
const double kCountedOnceMore = std::log2(3.0 / 2);

constexpr std::size_t kFewest = 100;

}  // namespace

bool SecondPartners::tell() const { return weights.size() >= kFewest; }

double SecondPartners::false_links(double weight) const {
  const auto end = std::ranges::upper_bound(weights, weight - kCountedOnceMore, std::greater<>());
  const auto reaching = static_cast<double>(end - weights.begin());
  return (reaching + 1) * absent / static_cast<double>(weights.size());
}

double find_threshold(std::span<const double> weights, const SecondPartners& seconds,
                      double false_link_rate) {
  std::vector<double> ordered(weights.begin(), weights.end());
  if (!std::ranges::is_sorted(ordered, std::greater<>()))
    std::ranges::sort(ordered, std::greater<>());
  double threshold = ordered.empty() ? 0 : ordered.front() + 1;
  for (std::size_t i = 0; i < ordered.size() && ordered[i] >= 0; ++i) {
    // Equal weights stand or fall together.
    if (i + 1 < ordered.size() && ordered[i + 1] == ordered[i]) continue;
    if (seconds.false_links(ordered[i]) <= false_link_rate * static_cast<double>(i + 1))
      threshold = ordered[i];
  }
  return std::max(threshold, 0.0);
}

}  // namespace bidui::link
