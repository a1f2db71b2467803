#include "matcher/model/expectation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "matcher/model/scorer.h"

namespace bidui::model {
namespace {

double rounded(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 8)
          .ptr;
  std::from_chars(text.data(), end, value);
  return value;
}

}  // namespace

Expectation expect(const Model& model, std::span<const VectorCount> candidates,
                   std::span<const VectorCount> apart) {
  const int comparisons = model.plan.comparison_count();
  Expectation e{LevelCounter(comparisons, false), LevelCounter(comparisons, true),
                LevelCounter(comparisons, true)};
  const Scorer scorer(model);
  auto known = apart.begin();
  for (const VectorCount& c : candidates) {
    while (known != apart.end() && known->vector < c.vector) ++known;
    const bool has_known = known != apart.end() && known->vector == c.vector;
    const auto count = static_cast<double>(c.count);
    const double no_matches = has_known ? std::min(static_cast<double>(known->count), count) : 0;
    const ClassScores scores = scorer.score(c.vector);
    const double high = std::max({scores.match, scores.relative, scores.stranger});
    const double match = std::exp2(scores.match - high);
    const double relative = std::exp2(scores.relative - high);
    const double stranger = std::exp2(scores.stranger - high);
    const double sum = match + relative + stranger;
    // How many of the pairs each unit of a class stands for.
    const double open = (count - no_matches) / sum;
    const double different = open + no_matches / std::max(relative + stranger, 1e-300);
    e.match.add(c.vector, match * open);
    e.relative.add(c.vector, relative * different);
    e.stranger.add(c.vector, stranger * different);
    e.matches += match * open;
    e.relatives += relative * different;
    e.log_likelihood += count * (high + std::log2(sum)) * 0.6931471805599453;
    e.pairs += count;
  }
  return e;
}

void round_for_file(Model& model) {
  for (LevelTable* table : {&model.match, &model.relative, &model.stranger}) {
    for (auto& contexts : table->p) {
      for (auto& levels : contexts) std::ranges::transform(levels, levels.begin(), rounded);
    }
  }
  for (double* value : {&model.match_share, &model.relative_share, &model.pair_odds,
                        &model.unheld_pair_odds, &model.log_likelihood})
    *value = rounded(*value);
}

}  // namespace bidui::model
