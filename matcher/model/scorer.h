// Match weights from a model: what a comparison vector says, in bits.
#pragma once

#include <array>

#include "matcher/model/model.h"
#include "matcher/model/term.h"

namespace bidui::model {

// The three classes' log2 probabilities of one vector, priors included.
struct ClassScores {
  double match = 0;
  double relative = 0;
  double stranger = 0;

  // log2 of the posterior odds of a match.
  double weight() const;
};

// 2^weight / (1 + 2^weight).
double probability_of(double weight);
// Its inverse: log2 of the odds. REQUIRES: 0 < probability < 1.
double weight_of(double probability);

// A model with its logarithms taken; immutable, shared between threads.
class Scorer {
 public:
  explicit Scorer(const Model& model);

  // `terms`: how common the values of one of the two records are, in place of the averages.
  // `unheld`: the left record has a valid ID number that no right record has
  // (Model::unheld_pair_odds).
  ClassScores score(ComparisonVector vector, const TermBits& terms = {}, bool unheld = false) const;
  double weight(ComparisonVector vector, const TermBits& terms = {}, bool unheld = false) const {
    return score(vector, terms, unheld).weight();
  }
  // What the values' own frequency adds to a level's score among strangers; 0 where the level hangs
  // on none, or it is not known.
  double term_bits(int comparison, ComparisonVector vector, const TermBits& terms) const;

  // The summand of one comparison: log2 m/u against strangers, without term frequency.
  double summand(int comparison, ComparisonVector vector) const;
  // What score() adds up: the classes' priors, and one comparison's level (0 where it is missing).
  ClassScores priors(bool unheld = false) const {
    return {unheld ? prior_unheld_ : prior_match_, prior_relative_, prior_stranger_};
  }
  ClassScores level_scores(int comparison, ComparisonVector vector) const;
  const Model& model() const { return model_; }

 private:
  using Table =
      std::array<std::array<std::array<float, compare::kLevelCount>, compare::kContextCount>,
                 compare::kMaxComparisons>;
  static Table logarithms(const LevelTable& table);

  Model model_;
  Table match_;
  Table relative_;
  Table stranger_;
  double prior_match_;
  double prior_unheld_;
  double prior_relative_;
  double prior_stranger_;
  int comparisons_;
};

}  // namespace bidui::model
