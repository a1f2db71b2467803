// From scored and decided pairs to what a comparison keeps of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/decision.h"
#include "workspace/person_linkage.h"

namespace bidui::workspace {

// `right` is the right row's number among all records of the run.
PersonLink person_link(const link::Link& l, std::span<const link::CandidatePair> pairs,
                       std::uint32_t right);

// Pairs by the floor of their weight, kHistogramBins of them from kHistogramFirst on.
std::vector<std::uint64_t> histogram_of(std::span<const link::CandidatePair> pairs);

}  // namespace bidui::workspace
