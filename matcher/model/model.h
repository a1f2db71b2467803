// The linkage model of Fellegi and Sunter (1969): how probable each agreement level is among
// matches and among non-matches, and the prior. The non-matches are two kinds, because their
// evidence is so unlike: strangers (random pairs), and relatives (one family, one village, one
// telephone: what a twin or a brother shares).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/compare/comparison_vector.h"

namespace bidui::model {

using compare::ComparisonVector;

// Probability of a level, given that it is not missing, per comparison and context; "missing" is 1:
// no evidence.
struct LevelTable {
  using Levels = std::array<double, compare::kLevelCount>;
  std::array<std::array<Levels, compare::kContextCount>, compare::kMaxComparisons> p{};
};

struct Model {
  compare::ComparisonPlan plan{};
  std::vector<std::string> text_names{};  // of the free columns, for people

  LevelTable match{};
  LevelTable relative{};
  LevelTable stranger{};

  // Shares of all left x right pairs.
  double match_share = 0;
  double relative_share = 0;
  // Prior odds of two records that have no other partner (link/pair_odds.h), once a linkage has
  // fitted them; 0: those of match_share.
  double pair_odds = 0;
  // The same where the left record has a valid ID number that nobody on the right side has: such a
  // person is probably not there.
  double unheld_pair_odds = 0;

  bool converged = false;
  int iterations = 0;
  double log_likelihood = 0;  // per candidate pair, natural log
};

// A model before any data: level probabilities as found in comparable registries (docs/model.md),
// free columns by their kind. For `left` and `right` records of which about `match_rate` of the
// smaller side have a partner.
Model default_model(const compare::ComparisonPlan& plan, double left, double right,
                    double match_rate = 0.8);

// The readable file of a model. Unknown members are an error, so that a typing mistake is not
// silently the default.
std::string model_to_json(const Model& model);
Result<Model> model_from_json(std::string_view json, std::string_view place);

// Names of comparisons ("name", "id", …) and of their levels ("exact", "homophone", …); empty
// beyond the person comparisons and for levels that do not exist. Free columns are named by
// Model::text_names.
std::string_view comparison_name(int comparison);
std::string_view level_name(int comparison, int level);
std::string_view comparison_title(int comparison);        // Chinese
std::string_view level_title(int comparison, int level);  // Chinese

// Whether a comparison's levels depend on how the ID numbers agree (compare::kContextCount).
bool has_contexts(int comparison);

}  // namespace bidui::model
