#include "matcher/model/train.h"

#include <algorithm>
#include <cmath>

#include "matcher/model/scorer.h"

namespace bidui::model {
namespace {

using compare::kContextCount;
using compare::kLevelCount;

// Weighted counts of levels; `shared_context`: all contexts count as context 0.
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
      for (std::size_t context = 0; context < kContextCount; ++context) {
        const auto& counts = counts_.p[c][shared_context_ ? 0 : context];
        double sum = pseudo_count;
        for (std::size_t level = 1; level < kLevelCount; ++level) sum += counts[level];
        if (sum <= 0) continue;
        for (std::size_t level = 1; level < kLevelCount; ++level) {
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

LevelTable table_of(const std::vector<VectorCount>& counts, const LevelTable& prior,
                    double pseudo_count, int comparisons, bool shared_context) {
  LevelCounter counter(comparisons, shared_context);
  for (const VectorCount& c : counts) counter.add(c.vector, static_cast<double>(c.count));
  return counter.table(prior, pseudo_count);
}

// What anchored pairs cannot say: the levels of the number that anchored them.
void keep_id_levels(const LevelTable& start, LevelTable& table) {
  constexpr auto kId = static_cast<std::size_t>(compare::Comparison::kId);
  table.p[kId] = start.p[kId];
}

// A million random pairs hold a handful of the rare levels, or none: none is no evidence that
// strangers never look so.
void keep_rare_id_levels(const LevelTable& start, LevelTable& table) {
  constexpr auto kId = static_cast<std::size_t>(compare::Comparison::kId);
  for (std::size_t context = 0; context < kContextCount; ++context) {
    for (std::size_t level = 1; level < kLevelCount; ++level) {
      double& p = table.p[kId][context][level];
      p = std::max(p, start.p[kId][context][level]);
    }
  }
}

struct Expectation {
  LevelCounter match;
  LevelCounter relative;
  double matches = 0;
  double relatives = 0;
  double log_likelihood = 0;
  double pairs = 0;
};

Expectation expect(const Model& model, const TrainingData& data) {
  const int comparisons = model.plan.comparison_count();
  Expectation e{LevelCounter(comparisons, false), LevelCounter(comparisons, true)};
  const Scorer scorer(model);
  for (const VectorCount& c : data.candidates) {
    const ClassScores scores = scorer.score(c.vector, 0);
    const double high = std::max({scores.match, scores.relative, scores.stranger});
    const double match = std::exp2(scores.match - high);
    const double relative = std::exp2(scores.relative - high);
    const double sum = match + relative + std::exp2(scores.stranger - high);
    const auto count = static_cast<double>(c.count);
    e.match.add(c.vector, count * match / sum);
    e.relative.add(c.vector, count * relative / sum);
    e.matches += count * match / sum;
    e.relatives += count * relative / sum;
    e.log_likelihood += count * (high + std::log2(sum)) * 0.6931471805599453;
    e.pairs += count;
  }
  return e;
}

}  // namespace

std::vector<VectorCount> merge_counts(std::vector<VectorCount> counts) {
  std::ranges::sort(counts, {}, &VectorCount::vector);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept != 0 && counts[kept - 1].vector == counts[i].vector) {
      counts[kept - 1].count += counts[i].count;
    } else {
      counts[kept++] = counts[i];
    }
  }
  counts.resize(kept);
  return counts;
}

Model train(const Model& start, const TrainingData& data, const TrainingOptions& options) {
  Model model = start;
  const int comparisons = model.plan.comparison_count();
  const double all_pairs = std::max(data.left * data.right, 1.0);
  model.stranger =
      table_of(data.random, start.stranger, options.stranger_pseudo_count, comparisons, true);
  keep_rare_id_levels(start.stranger, model.stranger);
  const LevelTable relative_prior =
      table_of(data.relatives, start.relative, options.relative_pseudo_count, comparisons, true);
  model.relative = relative_prior;
  LevelTable match_start =
      table_of(data.anchored, start.match, options.match_pseudo_count, comparisons, false);
  keep_id_levels(start.match, match_start);
  model.match = match_start;
  model.converged = false;
  for (model.iterations = 1; model.iterations <= options.max_iterations; ++model.iterations) {
    const Expectation e = expect(model, data);
    const double match_share = std::max(e.matches, 0.5) / all_pairs;
    const double change = std::abs(match_share - model.match_share) / match_share;
    model.match = e.match.table(start.match, options.match_pseudo_count);
    model.relative = e.relative.table(relative_prior, options.relative_pseudo_count);
    model.match_share = match_share;
    model.relative_share = std::max(e.relatives, 0.5) / all_pairs;
    model.log_likelihood = e.pairs > 0 ? e.log_likelihood / e.pairs : 0;
    if (change < options.tolerance) {
      model.converged = true;
      break;
    }
  }
  return model;
}

}  // namespace bidui::model
