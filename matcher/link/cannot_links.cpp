#include "matcher/link/cannot_links.h"

#include <algorithm>

#include "matcher/link/candidate_search.h"

namespace bidui::link {

CannotLinks::CannotLinks(std::vector<RecordPair> pairs) : pairs_(std::move(pairs)) {
  for (auto& [a, b] : pairs_) {
    if (b < a) std::swap(a, b);
  }
  std::ranges::sort(pairs_);
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
}

bool CannotLinks::contains(std::uint32_t a, std::uint32_t b) const {
  return std::ranges::binary_search(pairs_, RecordPair(std::minmax(a, b)));
}

void drop_cannot_links(std::vector<CandidatePair>& pairs, const CannotLinks& cannot_links,
                       std::uint32_t right_first) {
  if (cannot_links.empty()) return;
  std::erase_if(pairs, [&](const CandidatePair& pair) {
    return cannot_links.contains(pair.left, pair.right + right_first);
  });
}

VetoedSets::VetoedSets(const CannotLinks& cannot_links) {
  for (const auto& [a, b] : cannot_links.pairs()) {
    partners_[a].push_back(b);
    partners_[b].push_back(a);
  }
}

bool VetoedSets::are_apart(UnionFind& sets, std::uint32_t a, std::uint32_t b) const {
  const auto of_a = partners_.find(a);
  const auto of_b = partners_.find(b);
  if (of_a == partners_.end() || of_b == partners_.end()) return false;
  const bool a_has_fewer = of_a->second.size() <= of_b->second.size();
  const std::uint32_t other = a_has_fewer ? b : a;
  return std::ranges::any_of((a_has_fewer ? of_a : of_b)->second,
                             [&](std::uint32_t partner) { return sets.find(partner) == other; });
}

void VetoedSets::join(std::uint32_t kept, std::uint32_t gone) {
  const auto at = partners_.find(gone);
  if (at == partners_.end()) return;
  std::vector<std::uint32_t> moved = std::move(at->second);
  partners_.erase(at);
  std::vector<std::uint32_t>& partners = partners_[kept];
  partners.insert(partners.end(), moved.begin(), moved.end());
}

}  // namespace bidui::link
