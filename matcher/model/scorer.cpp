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

bool is_name_column(const Model& model, int comparison) {
  const int column = comparison - compare::kPersonComparisons;
  return column >= 0 &&
         model.plan.texts[static_cast<std::size_t>(column)] == compare::TextKind::kName;
}

// Then the second name agrees with one of the other column, where it may be as common as it is rare
// in its own.
bool names_exchanged(const Model& model, ComparisonVector vector) {
  for (int c = compare::kPersonComparisons; c < model.plan.comparison_count(); ++c) {
    if (compare::level_at(vector, c) == static_cast<int>(compare::TextLevel::kExchanged))
      return true;
  }
  return false;
}

}  // namespace

double ClassScores::weight() const { return match - log2_add(relative, stranger); }

double probability_of(double weight) { return 1 / (1 + std::exp2(-weight)); }
double weight_of(double probability) { return std::log2(probability / (1 - probability)); }

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

ClassScores Scorer::score(ComparisonVector vector, const TermBits& terms, bool unheld) const {
  ClassScores scores{unheld ? prior_unheld_ : prior_match_, prior_relative_, prior_stranger_};
  for (int c = 0; c < comparisons_; ++c) {
    const auto level = static_cast<std::size_t>(compare::level_at(vector, c));
    if (level == 0) continue;
    const auto context = static_cast<std::size_t>(compare::context_of(c, vector));
    const auto at = static_cast<std::size_t>(c);
    scores.match += match_[at][context][level];
    scores.relative += relative_[at][context][level];
    scores.stranger += stranger_[at][context][level];
    if (has_terms(c)) scores.stranger += term_bits(c, vector, terms);
  }
  return scores;
}

double Scorer::term_bits(int comparison, ComparisonVector vector, const TermBits& terms) const {
  const int level = compare::level_at(vector, comparison);
  const int term = term_of(comparison, vector);
  if (term < 0 || (is_name_column(model_, comparison) && names_exchanged(model_, vector))) return 0;
  const double bits = terms.of(term);
  if (bits == 0 || !is_own_share(term)) return bits;
  return bits - stranger_[static_cast<std::size_t>(comparison)][0][static_cast<std::size_t>(level)];
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
