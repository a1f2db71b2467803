#include "workspace/updated_pairs.h"

#include <algorithm>
#include <tbb/parallel_sort.h>

namespace bidui::workspace {
namespace {

using link::CandidatePair;

// Reused pairs and those found now; by (left, right).
std::vector<CandidatePair> merged_pairs(std::span<const KeptPair> kept,
                                        std::span<const CandidatePair> found) {
  const auto by_rows = [](const CandidatePair& a, const CandidatePair& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  };
  std::vector<CandidatePair> pairs(kept.size());
  std::ranges::transform(kept, pairs.begin(), candidate_pair);
  if (!std::ranges::is_sorted(pairs, by_rows))
    tbb::parallel_sort(pairs.begin(), pairs.end(), by_rows);
  pairs.insert(pairs.end(), found.begin(), found.end());
  std::inplace_merge(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept.size()),
                     pairs.end(), by_rows);
  return pairs;
}

}  // namespace

UpdatedPairs updated_pairs(const link::LeftSide& side, const link::LinkerOptions& options,
                           std::span<const KeptPair> kept, link::ChangedPairs found) {
  UpdatedPairs result;
  result.scored.pairs = merged_pairs(kept, found.pairs);
  for (const auto& model : options.models) result.scored.models.push_back(*model);
  result.scored.tables = options.tables;
  result.scored.stats = {.left_records = side.size(),
                         .pairs_compared = found.compared,
                         .pairs_kept = result.scored.pairs.size(),
                         .later_refined_keys = side.census().later.refined.size(),
                         .later_cut_keys = side.census().later.cut.size()};
  result.found = std::move(found.pairs);
  return result;
}

}  // namespace bidui::workspace
