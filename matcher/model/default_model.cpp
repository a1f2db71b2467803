#include <algorithm>
#include <initializer_list>

#include "matcher/model/model.h"

namespace bidui::model {
namespace {

using compare::Comparison;
using compare::TextKind;
using Levels = LevelTable::Levels;

// Level probabilities of the levels 1, 2, …; normalised here, so that they need not be written to
// sum to one.
Levels levels(std::initializer_list<double> values) {
  Levels result{};
  double sum = 0;
  for (const double v : values) sum += v;
  std::size_t level = 1;
  for (const double v : values) result[level++] = v / sum;
  result[0] = 1;
  return result;
}

void set(LevelTable& table, Comparison comparison, const Levels& values) {
  table.p[static_cast<std::size_t>(comparison)].fill(values);
}

// Error rates of village lists against the civil registry, as published for comparable lists and
// asked of the generated worlds (shared/figures.md section 1): the order of magnitude matters, EM
// finds the rest.
void set_match(LevelTable& t) {
  set(t, Comparison::kName,
      levels({.920, .012, .028, .012, .006, .004, .001, .007, .002, .005, .002, .001, .001, .001}));
  set(t, Comparison::kId,
      levels(
          {.940, .002, .030, .001, .006, .002, .004, .002, .0003, .0007, 2e-5, .0003, .006, .007}));
  set(t, Comparison::kBirth, levels({.940, .007, .010, .015, .006, .010, .002, .003, .007}));
  set(t, Comparison::kSex, levels({.992, .008}));
  set(t, Comparison::kAddress, levels({.35, .30, .05, .18, .06, .04, .015, .005}));
  set(t, Comparison::kPhone, levels({.80, .02, .18}));
  set(t, Comparison::kHousehold, levels({.60, .35, .05}));
  set(t, Comparison::kHolder, levels({.65, .10, .25}));
}

void set_relative(LevelTable& t) {
  set(t, Comparison::kName,
      levels({.001, .0005, .006, .005, .004, .001, .001, .008, .012, .148, .001, .36, .015, .45}));
  set(t, Comparison::kId,
      levels(
          {.010, .0005, .002, 5e-5, .003, .0002, .001, .001, .0003, .002, .010, .002, .75, .22}));
  set(t, Comparison::kBirth, levels({.012, .0005, .0005, .003, .010, .004, .010, .06, .90}));
  set(t, Comparison::kSex, levels({.5, .5}));
  set(t, Comparison::kAddress, levels({.25, .25, .25, .15, .05, .03, .01, .01}));
  set(t, Comparison::kPhone, levels({.75, .01, .24}));
  set(t, Comparison::kHousehold, levels({.45, .35, .20}));
  set(t, Comparison::kHolder, levels({.10, .60, .30}));
}

void set_stranger(LevelTable& t) {
  set(t, Comparison::kName,
      levels({1e-4, 2e-5, 3e-4, 1e-4, 3e-4, 1e-5, 3e-6, 5e-4, 4e-4, 4e-3, 1e-4, .06, .02, .91}));
  set(t, Comparison::kId,
      levels({1e-10, 1e-10, 3e-6, 1e-8, 1e-5, 1e-7, 3e-5, 2e-5, 1e-6, 1e-5, 3e-5, 1e-5, .60, .40}));
  set(t, Comparison::kBirth, levels({4e-5, 4e-5, 4e-5, 3e-4, 1.5e-3, 2e-3, 1.2e-2, .05, .93}));
  set(t, Comparison::kSex, levels({.5, .5}));
  set(t, Comparison::kAddress, levels({2e-5, 1e-4, 2e-4, 5e-4, 2e-3, .05, .90, .04}));
  set(t, Comparison::kPhone, levels({1e-6, 1e-5, 1}));
  set(t, Comparison::kHousehold, levels({1e-5, 1e-4, 1}));
  set(t, Comparison::kHolder, levels({1e-5, .50, .50}));
}

Levels text_match(TextKind kind) {
  switch (kind) {
    case TextKind::kName:
      return levels({.85, .08, .03, .01, .02, .02});
    case TextKind::kText:
      return levels({.75, .10, .05, 0, .04, .06});
    case TextKind::kIdentifier:
    case TextKind::kNumber:
      return levels({.90, .05, 0, 0, 0, .05});
    case TextKind::kCategory:
      break;
  }
  return levels({.93, 0, 0, 0, 0, .07});
}

Levels text_stranger(TextKind kind) {
  switch (kind) {
    case TextKind::kName:
      return levels({.005, .002, .005, 1e-5, .02, .968});
    case TextKind::kText:
      return levels({.001, .001, .01, 0, .04, .948});
    case TextKind::kIdentifier:
      return levels({1e-6, 1e-5, 0, 0, 0, 1});
    case TextKind::kNumber:
      return levels({.01, .03, 0, 0, 0, .96});
    case TextKind::kCategory:
      break;
  }
  return levels({.2, 0, 0, 0, 0, .8});
}

}  // namespace

Model default_model(const compare::ComparisonPlan& plan, double left, double right,
                    double match_rate) {
  Model model{.plan = plan};
  for (LevelTable* table : {&model.match, &model.relative, &model.stranger}) {
    for (auto& contexts : table->p) contexts.fill(levels({1, 1, 1, 1, 1}));
  }
  set_match(model.match);
  set_relative(model.relative);
  set_stranger(model.stranger);
  for (std::size_t i = 0; i < plan.texts.size(); ++i) {
    const std::size_t at = compare::kPersonComparisons + i;
    model.match.p[at].fill(text_match(plan.texts[i]));
    model.stranger.p[at].fill(text_stranger(plan.texts[i]));
    model.relative.p[at].fill(text_stranger(plan.texts[i]));
  }
  const double pairs = std::max(left * right, 1.0);
  model.match_share = match_rate * std::min(left, right) / pairs;
  model.relative_share = 3 * std::min(left, right) / pairs;
  return model;
}

}  // namespace bidui::model
