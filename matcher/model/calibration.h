// From the model's weight to what reviewed pairs say of it: a straight line on the log-odds scale.
#pragma once

#include <span>

namespace bidui::model {

// calibrated weight = shift + scale * weight, all in bits. Keeps the order of pairs.
struct Calibration {
  double shift = 0;
  double scale = 1;

  double operator()(double weight) const { return shift + scale * weight; }
};

struct ReviewedPair {
  double weight = 0;      // log2 posterior odds by the model
  bool same = false;      // what the reviewers say
  double represents = 1;  // pairs of the population for which it stands
};

// Logistic regression of the answers on the weight (Platt 1999), each pair counted by what it
// represents, scaled to the number of answers; with a normal prior around no change at all (shift 0
// with 2 bits, scale 1 with 0.5), so that few answers change little and answers without a single
// error do not run away. A line and not isotonic steps, because a review has few pairs near the
// threshold, where steps would follow single answers. O(answers).
Calibration calibrate(std::span<const ReviewedPair> pairs);

}  // namespace bidui::model
