// The E-step: how much of each candidate pair each class of pairs has.
#pragma once

#include <span>

#include "matcher/model/level_counter.h"
#include "matcher/model/train.h"

namespace bidui::model {

// Expected counts under a model. Strangers are the rest of `pairs`.
struct Expectation {
  LevelCounter match;
  LevelCounter relative;
  LevelCounter stranger;
  double matches = 0;
  double relatives = 0;
  double log_likelihood = 0;
  double pairs = 0;
};

// `apart`: those of the candidates that are known to be no matches; both merged.
Expectation expect(const Model& model, std::span<const VectorCount> candidates,
                   std::span<const VectorCount> apart = {});

// Rounds all numbers to nine significant digits: the model read back from its file is the same.
void round_for_file(Model& model);

}  // namespace bidui::model
