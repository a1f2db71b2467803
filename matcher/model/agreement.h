// How far two reviewers of the same pairs agree beyond chance: Cohen's kappa.
#pragma once

#include <array>
#include <cstdint>

#include "matcher/model/proportion.h"

namespace bidui::model {

inline constexpr std::size_t kAnswerKinds = 3;  // same, different, cannot tell

// counts[i][j]: pairs to which one gave answer i and the other answer j.
using AnswerTable = std::array<std::array<std::uint64_t, kAnswerKinds>, kAnswerKinds>;

struct Agreement {
  std::uint64_t pairs = 0;
  double agreed = 0;  // share of pairs answered alike
  double kappa = 0;   // 1 = always alike, 0 = as by chance
  Interval interval{};
  bool defined = false;  // false: no pairs, or both gave one and the same answer to every pair
};

// The interval follows the large-sample variance of Fleiss, Cohen and Everitt (1969), cut at -1 and
// 1.
Agreement cohens_kappa(const AnswerTable& counts);

}  // namespace bidui::model
