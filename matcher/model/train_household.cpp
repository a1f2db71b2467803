#include "matcher/model/train_household.h"

#include <algorithm>

#include "matcher/model/expectation.h"

namespace bidui::model {
namespace {

constexpr int kRounds = 8;
constexpr double kPseudoCount = 30;
// However few strangers were seen so: a chance agreement of households is no proof.
constexpr double kLeastStranger = 1e-6;

void take_levels(const LevelTable& from, LevelTable& to) {
  for (const compare::Comparison c :
       {compare::Comparison::kHousehold, compare::Comparison::kHolder})
    to.p[static_cast<std::size_t>(c)] = from.p[static_cast<std::size_t>(c)];
}

void raise_strangers(LevelTable& table) {
  for (const compare::Comparison c :
       {compare::Comparison::kHousehold, compare::Comparison::kHolder}) {
    for (auto& levels : table.p[static_cast<std::size_t>(c)]) {
      for (std::size_t level = 1; level < levels.size(); ++level) {
        if (levels[level] > 0) levels[level] = std::max(levels[level], kLeastStranger);
      }
    }
  }
}

}  // namespace

void train_household(Model& model, std::span<const VectorCount> counts) {
  if (counts.empty()) return;
  const Model start = model;
  for (int round = 0; round < kRounds; ++round) {
    const Expectation e = expect(model, counts);
    take_levels(e.match.table(start.match, kPseudoCount), model.match);
    take_levels(e.relative.table(start.relative, kPseudoCount), model.relative);
    take_levels(e.stranger.table(start.stranger, kPseudoCount), model.stranger);
    raise_strangers(model.stranger);
  }
  round_for_file(model);
}

}  // namespace bidui::model
