// Estimation of a model from unlabelled data: expectation-maximisation over counts of comparison
// vectors.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/model/model.h"

namespace bidui::model {

struct VectorCount {
  ComparisonVector vector = 0;
  std::uint64_t count = 0;
};

// Sums the counts of equal vectors; sorted by vector, so that the result does not depend on the
// order of arrival.
std::vector<VectorCount> merge_counts(std::vector<VectorCount> counts);

struct TrainingData {
  std::vector<VectorCount> candidates{};  // all candidate pairs
  std::vector<VectorCount>
      anchored{};  // those whose valid ID number is equal and unique on both sides
  // Those of a record that is surely linked to another one: candidates that are no matches. Left
  // unsaid, EM counts a village's namesakes as further matches of one person.
  std::vector<VectorCount> apart{};
  std::vector<VectorCount> random{};  // pairs drawn at random: strangers, as good as always
  std::vector<VectorCount>
      relatives{};                  // pairs within one source and one household: different people
  double relatives_per_record = 0;  // of `relatives`, for each record of the sample
  double left = 0;                  // records
  double right = 0;
  // No more pairs than this are matches; 0: as many as the smaller side has records, for nobody has
  // two partners. In one table a person may stand often.
  double most_matches = 0;
};

struct TrainingOptions {
  int max_iterations = 240;        // in all, whatever the rounds of strangers
  double tolerance = 1e-6;         // of the match share, relative, between two iterations
  double level_tolerance = 1e-4;   // of each level's probability among the matches
  double match_pseudo_count = 30;  // weight of `start` in the match class, in pairs
  double relative_pseudo_count = 30;
  double stranger_pseudo_count = 1;
};

// Strangers' probabilities come from the random pairs; where the files are so small that these hold
// matches, each counts as far as it is none, and EM starts over from there. Matches start from the
// anchored pairs and relatives from the relatives' pairs (both over `start`), and are refined by EM
// over the candidates: posteriors are taken in the space of all left x right pairs, so that the way
// candidates were found does not bias them. In contexts other than 0 strangers and relatives take
// context 0's probabilities: how birth dates of different people agree does not depend on their
// numbers. All numbers are rounded to nine significant digits, so that the model read back from its
// file is the same model (Boost.JSON 1.81 reads longer ones inexactly). O(iterations x distinct
// vectors).
Model train(const Model& start, const TrainingData& data, const TrainingOptions& options = {});

// A part of it: a place known less exactly says no more than one known better. Where every record
// gives its group, "same village" is so rare among the random pairs that it would. All stay
// probabilities.
void order_places(Model& model);

}  // namespace bidui::model
