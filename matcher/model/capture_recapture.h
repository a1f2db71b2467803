// What several ways of finding all missed, estimated from what each found and the others did not.
#pragma once

#include <array>
#include <cstddef>

#include "matcher/model/proportion.h"

namespace bidui::model {

inline constexpr std::size_t kCaptureGroups = 3;

// Matches by the set of groups that found them (bit g: group g did); nobody knows [0].
using CaptureCounts = std::array<double, std::size_t{1} << kCaptureGroups>;

// The matches that no group found.
Estimate missed_by_all(const CaptureCounts& counts);

}  // namespace bidui::model
