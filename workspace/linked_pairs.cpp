#include "workspace/linked_pairs.h"

#include <algorithm>
#include <cmath>

namespace bidui::workspace {

using link::CandidatePair;

PersonLink person_link(const link::Link& l, std::span<const CandidatePair> pairs,
                       std::uint32_t right) {
  return {l.left, right, l.weight, pairs[l.pair].weight, l.decision, pairs[l.pair].kinds};
}

std::vector<std::uint64_t> histogram_of(std::span<const CandidatePair> pairs) {
  std::vector<std::uint64_t> bins(kHistogramBins);
  for (const CandidatePair& pair : pairs) {
    const int bin = static_cast<int>(std::floor(pair.weight)) - kHistogramFirst;
    ++bins[static_cast<std::size_t>(std::clamp(bin, 0, kHistogramBins - 1))];
  }
  return bins;
}

}  // namespace bidui::workspace
