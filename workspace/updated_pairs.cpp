#include "workspace/updated_pairs.h"

#include <algorithm>
#include <tbb/parallel_sort.h>

namespace bidui::workspace {
namespace {

using link::CandidatePair;

// Reused pairs and those found now; by (left, right).
std::vector<CandidatePair> merged_pairs(std::span<const KeptPair> kept,
                                        std::span<const CandidatePair> found) {
  const auto by_rows = [](const auto& a, const auto& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  };
  std::vector<KeptPair> ordered;
  if (!std::ranges::is_sorted(kept, by_rows)) {
    ordered.assign(kept.begin(), kept.end());
    tbb::parallel_sort(ordered, by_rows);
    kept = ordered;
  }
  std::vector<CandidatePair> pairs;
  pairs.reserve(kept.size() + found.size());
  auto next = found.begin();
  for (const KeptPair& pair : kept) {
    for (; next != found.end() && by_rows(*next, pair); ++next) pairs.push_back(*next);
    pairs.push_back(candidate_pair(pair));
  }
  pairs.insert(pairs.end(), next, found.end());
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
