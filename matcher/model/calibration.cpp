#include "matcher/model/calibration.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bidui::model {
namespace {

constexpr double kShiftSpread = 2;  // standard deviations of the prior
constexpr double kScaleSpread = .5;
constexpr double kLeastScale = .05;  // the order of pairs stays
constexpr int kIterations = 50;
constexpr double kLargestWeight = 40;  // beyond, a pair is as sure as can be

// Gradient and curvature of the penalised log likelihood (natural logarithms) at a line.
struct Slope {
  double by_shift = 0;
  double by_scale = 0;
  double shift_shift = 0;
  double shift_scale = 0;
  double scale_scale = 0;
};

Slope slope_at(const Calibration& line, std::span<const ReviewedPair> pairs, double unit) {
  Slope s{.by_shift = -line.shift / (kShiftSpread * kShiftSpread),
          .by_scale = (1 - line.scale) / (kScaleSpread * kScaleSpread),
          .shift_shift = 1 / (kShiftSpread * kShiftSpread),
          .scale_scale = 1 / (kScaleSpread * kScaleSpread)};
  constexpr double kLog2 = std::numbers::ln2;
  for (const ReviewedPair& pair : pairs) {
    const double weight = std::clamp(pair.weight, -kLargestWeight, kLargestWeight);
    const double p = 1 / (1 + std::exp2(-std::clamp(line(weight), -60.0, 60.0)));
    const double count = pair.represents * unit;
    const double error = kLog2 * count * ((pair.same ? 1.0 : 0.0) - p);
    const double curve = kLog2 * kLog2 * count * p * (1 - p);
    s.by_shift += error;
    s.by_scale += error * weight;
    s.shift_shift += curve;
    s.shift_scale += curve * weight;
    s.scale_scale += curve * weight * weight;
  }
  return s;
}

}  // namespace

Calibration calibrate(std::span<const ReviewedPair> pairs) {
  Calibration line;
  double represented = 0;
  for (const ReviewedPair& pair : pairs) represented += pair.represents;
  if (represented <= 0) return line;
  const double unit = static_cast<double>(pairs.size()) / represented;
  for (int i = 0; i < kIterations; ++i) {
    const Slope s = slope_at(line, pairs, unit);
    const double determinant = s.shift_shift * s.scale_scale - s.shift_scale * s.shift_scale;
    const double shift = (s.scale_scale * s.by_shift - s.shift_scale * s.by_scale) / determinant;
    const double scale = (s.shift_shift * s.by_scale - s.shift_scale * s.by_shift) / determinant;
    // Newton's step, shortened where it would leave the region in which the curvature tells.
    const double step = std::min(1.0, 1 / std::max(std::abs(shift), 4 * std::abs(scale) + 1e-12));
    line.shift += step * shift;
    line.scale = std::max(line.scale + step * scale, kLeastScale);
    if (std::abs(shift) + std::abs(scale) < 1e-9) break;
  }
  return line;
}

}  // namespace bidui::model
