// Weighted counts of agreement levels, and the probabilities that they give.
#pragma once

#include "matcher/model/model.h"

namespace bidui::model {

// `shared_context`: all contexts count as context 0.
class LevelCounter {
 public:
  LevelCounter(int comparisons, bool shared_context)
      : comparisons_(comparisons), shared_context_(shared_context) {}

  void add(ComparisonVector vector, double weight) {
    for (int c = 0; c < comparisons_; ++c) {
      const auto level = static_cast<std::size_t>(compare::level_at(vector, c));
      if (level == 0) continue;
      const auto context =
          static_cast<std::size_t>(shared_context_ ? 0 : compare::context_of(c, vector));
      counts_.p[static_cast<std::size_t>(c)][context][level] += weight;
    }
  }

  // Probabilities with `prior` counting as `pseudo_count` observations per comparison and context.
  LevelTable table(const LevelTable& prior, double pseudo_count) const {
    LevelTable result = prior;
    for (std::size_t c = 0; c < static_cast<std::size_t>(comparisons_); ++c) {
      for (std::size_t context = 0; context < compare::kContextCount; ++context) {
        const auto& counts = counts_.p[c][shared_context_ ? 0 : context];
        double sum = pseudo_count;
        for (std::size_t level = 1; level < compare::kLevelCount; ++level) sum += counts[level];
        if (sum <= 0) continue;
        for (std::size_t level = 1; level < compare::kLevelCount; ++level) {
          result.p[c][context][level] =
              (counts[level] + pseudo_count * prior.p[c][context][level]) / sum;
        }
      }
    }
    return result;
  }

 private:
  int comparisons_;
  bool shared_context_;
  LevelTable counts_{};
};

}  // namespace bidui::model
