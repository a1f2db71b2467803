// Comparison vectors drawn from a model whose probabilities are known.
#pragma once

#include <random>
#include <vector>

#include "matcher/model/model.h"
#include "matcher/model/train.h"

namespace bidui::model {

// A level drawn from the probabilities of one comparison; never "missing".
inline std::uint64_t draw_level(const LevelTable::Levels& levels, std::mt19937_64& random) {
  double at = static_cast<double>(random() >> 11) / 9007199254740992.0;  // 53 bits: [0, 1)
  for (std::size_t level = 1; level < levels.size(); ++level) {
    at -= levels[level];
    if (at < 0) return level;
  }
  return 1;
}

// The person comparisons of one pair; each level is missing with `missing`. The number is drawn
// first, because it decides the context of birth date and sex.
inline ComparisonVector draw_vector(const LevelTable& table, double missing,
                                    std::mt19937_64& random) {
  ComparisonVector vector = 0;
  for (const int c : {1, 0, 2, 3, 4, 5}) {
    if (static_cast<double>(random() % 1000) < missing * 1000) continue;
    const auto context = static_cast<std::size_t>(compare::context_of(c, vector));
    vector |=
        compare::at_level(c, draw_level(table.p[static_cast<std::size_t>(c)][context], random));
  }
  return vector;
}

inline std::vector<VectorCount> draw_vectors(const LevelTable& table, std::uint64_t count,
                                             double missing, std::mt19937_64& random) {
  std::vector<VectorCount> vectors;
  vectors.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    vectors.push_back({draw_vector(table, missing, random), 1});
  return merge_counts(std::move(vectors));
}

}  // namespace bidui::model
