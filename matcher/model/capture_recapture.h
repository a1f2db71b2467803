// What several ways of finding all missed, estimated from what each found and the others did not.
#pragma once

#include <array>
#include <cstddef>

#include "matcher/model/proportion.h"

namespace bidui::model {

inline constexpr std::size_t kCaptureGroups = 3;

// Matches by the set of groups that found them (bit g: group g did); nobody knows [0].
using CaptureCounts = std::array<double, std::size_t{1} << kCaptureGroups>;

// The matches that no group found: at least so many. Chao's estimator for occasions of unequal
// yield and matches of unequal difficulty (Chao, Lee and Jeng 1992; for two groups it is Chapman's,
// but for a term of order 1/n): the sum of z_i z_j over pairs of groups, over (f2 + 1), with z_i
// the matches that only group i found and f2 those that exactly two did. A match that is hard for
// one group is mostly hard for the others too (damage comes together), so that the true number lies
// above it; the saturated log-linear model, which claims more, was off by factors of a hundred on
// generated counties. The interval is for the lower bound itself (Poisson counts, by the delta
// method).
Estimate missed_by_all(const CaptureCounts& counts);

}  // namespace bidui::model
