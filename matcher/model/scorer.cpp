#include "matcher/model/scorer.h"

#include <algorithm>
#include <cmath>

namespace bidui::model {
namespace {

// log2(2^a + 2^b).
double log2_add(double a, double b) {
  const double high = std::max(a, b);
  return high + std::log2(1 + std::exp2(std::min(a, b) - high));
}

constexpr double kSmallest = 1e-12;

double prior_of(double pair_odds, const Model& model) {
  return std::log2(std::max(pair_odds > 0 ? pair_odds : model.match_share, kSmallest));
}

}  // namespace

double ClassScores::weight() const { return match - log2_add(relative, stranger); }

double probability_of(double weight) { return 1 / (1 + std::exp2(-weight)); }

Scorer::Table Scorer::logarithms(const LevelTable& table) {
  Table logs{};
  for (std::size_t c = 0; c < logs.size(); ++c) {
    for (std::size_t context = 0; context < logs[c].size(); ++context) {
      for (std::size_t level = 1; level < logs[c][context].size(); ++level) {
        logs[c][context][level] =
            static_cast<float>(std::log2(std::max(table.p[c][context][level], kSmallest)));
      }
    }
  }
  return logs;
}

Scorer::Scorer(const Model& model)
    : model_(model),
      match_(logarithms(model.match)),
      relative_(logarithms(model.relative)),
      stranger_(logarithms(model.stranger)),
      prior_match_(prior_of(model.pair_odds, model)),
      prior_unheld_(prior_of(model.unheld_pair_odds, model)),
      prior_relative_(std::log2(std::max(model.relative_share, kSmallest))),
      prior_stranger_(std::log2(std::max(1 - model.match_share - model.relative_share, kSmallest))),
      comparisons_(model.plan.comparison_count()) {}

ClassScores Scorer::score(ComparisonVector vector, double name_frequency, bool unheld) const {
  ClassScores scores{unheld ? prior_unheld_ : prior_match_, prior_relative_, prior_stranger_};
  for (int c = 0; c < comparisons_; ++c) {
    const auto level = static_cast<std::size_t>(compare::level_at(vector, c));
    if (level == 0) continue;
    const auto context = static_cast<std::size_t>(compare::context_of(c, vector));
    const auto at = static_cast<std::size_t>(c);
    scores.match += match_[at][context][level];
    scores.relative += relative_[at][context][level];
    scores.stranger += stranger_[at][context][level];
  }
  constexpr int kName = static_cast<int>(compare::Comparison::kName);
  if (name_frequency > 0 &&
      compare::level_at(vector, kName) == static_cast<int>(compare::NameLevel::kExact)) {
    scores.stranger += std::log2(name_frequency) -
                       stranger_[0][0][static_cast<std::size_t>(compare::NameLevel::kExact)];
  }
  return scores;
}

ClassScores Scorer::level_scores(int comparison, ComparisonVector vector) const {
  const auto level = static_cast<std::size_t>(compare::level_at(vector, comparison));
  const auto context = static_cast<std::size_t>(compare::context_of(comparison, vector));
  const auto at = static_cast<std::size_t>(comparison);
  return {match_[at][context][level], relative_[at][context][level], stranger_[at][context][level]};
}

double Scorer::summand(int comparison, ComparisonVector vector) const {
  const ClassScores scores = level_scores(comparison, vector);
  return scores.match - scores.stranger;
}

}  // namespace bidui::model
