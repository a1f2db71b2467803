#include "matcher/model/agreement.h"

#include <algorithm>
#include <cmath>

namespace bidui::model {
namespace {

constexpr double kNormalQuantile = 1.959964;  // of kConfidence, two-sided

}  // namespace

Agreement cohens_kappa(const AnswerTable& counts) {
  Agreement result;
  std::array<double, kAnswerKinds> first{};
  std::array<double, kAnswerKinds> second{};
  for (const auto& row : counts) {
    for (const std::uint64_t count : row) result.pairs += count;
  }
  if (result.pairs == 0) return result;
  const double n = static_cast<double>(result.pairs);
  const auto share = [&](std::size_t i, std::size_t j) {
    return static_cast<double>(counts[i][j]) / n;
  };
  for (std::size_t i = 0; i < kAnswerKinds; ++i) {
    result.agreed += share(i, i);
    for (std::size_t j = 0; j < kAnswerKinds; ++j) {
      first[i] += share(i, j);
      second[j] += share(i, j);
    }
  }
  double chance = 0;
  for (std::size_t i = 0; i < kAnswerKinds; ++i) chance += first[i] * second[i];
  if (chance >= 1) return result;
  const double kappa = (result.agreed - chance) / (1 - chance);
  double variance = -std::pow(kappa - chance * (1 - kappa), 2);
  for (std::size_t i = 0; i < kAnswerKinds; ++i) {
    variance += share(i, i) * std::pow(1 - (first[i] + second[i]) * (1 - kappa), 2);
    for (std::size_t j = 0; j < kAnswerKinds; ++j) {
      if (i != j) {
        variance += std::pow(1 - kappa, 2) * share(i, j) * std::pow(second[i] + first[j], 2);
      }
    }
  }
  const double error = std::sqrt(std::max(variance, 0.0) / n) / (1 - chance);
  result.kappa = kappa;
  result.defined = true;
  result.interval = {std::max(kappa - kNormalQuantile * error, -1.0),
                     std::min(kappa + kNormalQuantile * error, 1.0)};
  return result;
}

}  // namespace bidui::model
