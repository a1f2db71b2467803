#include "matcher/link/review_allocation.h"

#include <algorithm>
#include <cmath>

namespace bidui::link {
namespace {

constexpr std::uint64_t kLeast = 8;  // pairs of a stratum, where it has them
constexpr double kLeastRate = .01;
constexpr double kFirst = 1e12;  // above the need of any stratum that has the least

double weight_of(const StratumSize& stratum) {
  const double pairs = static_cast<double>(stratum.pairs);
  const double rate = std::clamp(stratum.expected_errors / pairs, kLeastRate, 1 - kLeastRate);
  return pairs * std::sqrt(rate * (1 - rate));
}

// Gives out up to `budget` among the strata of one side, one pair at a time to whom it helps most.
std::uint64_t give_out(std::span<const StratumSize> strata, bool links, std::uint64_t budget,
                       std::vector<std::uint64_t>& given) {
  std::uint64_t left = budget;
  while (left > 0) {
    std::size_t best = strata.size();
    double best_need = 0;
    for (std::size_t i = 0; i < strata.size(); ++i) {
      if (strata[i].links != links || given[i] >= strata[i].pairs) continue;
      // Whoever has fewest comes first: no stratum gets a second pair before each has one.
      const double first = given[i] < kLeast ? kFirst * static_cast<double>(kLeast - given[i]) : 0;
      const double need = first + weight_of(strata[i]) / static_cast<double>(given[i] + 1);
      if (need > best_need) {
        best = i;
        best_need = need;
      }
    }
    if (best == strata.size()) break;
    ++given[best];
    --left;
  }
  return left;
}

}  // namespace

std::vector<std::uint64_t> allocate_review(std::span<const StratumSize> strata,
                                           std::uint64_t size) {
  std::vector<std::uint64_t> given(strata.size());
  const std::uint64_t left = give_out(strata, false, size / 2, given);
  const std::uint64_t rest = give_out(strata, true, size - size / 2 + left, given);
  give_out(strata, false, rest, given);
  return given;
}

}  // namespace bidui::link
