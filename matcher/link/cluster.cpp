#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "matcher/link/components.h"
#include "matcher/link/decision.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

// Evidence between two clusters: the sum and number of the weights of the pairs compared between
// them.
struct Between {
  double sum = 0;
  std::uint32_t count = 0;
};

// Merges clusters heaviest pair first; keeps for each cluster its neighbours' evidence.
class ClusterMerger {
 public:
  explicit ClusterMerger(std::uint32_t rows) : sets_(rows), neighbours_(rows), sizes_(rows, 1) {}

  void add(const CandidatePair& pair) {
    put(pair.left, pair.right, {pair.weight, 1});
    put(pair.right, pair.left, {pair.weight, 1});
  }

  void try_join(const CandidatePair& pair) {
    const std::uint32_t a = sets_.find(pair.left);
    const std::uint32_t b = sets_.find(pair.right);
    if (a == b) return;
    const Between between = neighbours_[a].at(b);
    // Pairs that share no key were never compared: they count as mildly against.
    const double unseen = static_cast<double>(sizes_[a]) * sizes_[b] - between.count;
    if (between.sum + unseen * kUnseenWeight <= 0) return;
    join(a, b);
  }

  UnionFind& sets() { return sets_; }

 private:
  static constexpr double kUnseenWeight = -4;

  void put(std::uint32_t a, std::uint32_t b, Between more) {
    Between& between = neighbours_[a][b];
    between.sum += more.sum;
    between.count += more.count;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    sets_.unite(a, b);
    const std::uint32_t kept = std::min(a, b);
    const std::uint32_t gone = std::max(a, b);
    sizes_[kept] += sizes_[gone];
    neighbours_[kept].erase(gone);
    for (const auto& [other, between] : neighbours_[gone]) {
      if (other == kept) continue;
      put(kept, other, between);
      neighbours_[other].erase(gone);
      put(other, kept, between);
    }
    neighbours_[gone].clear();
  }

  UnionFind sets_;
  std::vector<std::unordered_map<std::uint32_t, Between>> neighbours_;
  std::vector<std::uint32_t> sizes_;
};

}  // namespace

Decisions decide_clusters(std::span<const CandidatePair> pairs, std::uint32_t rows,
                          const DecisionOptions& options) {
  Decisions result;
  std::vector<double> weights;
  for (const CandidatePair& p : pairs) weights.push_back(p.weight);
  result.threshold = find_threshold(std::move(weights), options.false_link_rate);
  std::vector<std::uint32_t> order;
  ClusterMerger merger(rows);
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    merger.add(pairs[i]);
    if (pairs[i].weight >= result.threshold) order.push_back(i);
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return pairs[a].weight != pairs[b].weight ? pairs[a].weight > pairs[b].weight : a < b;
  });
  for (const std::uint32_t i : order) merger.try_join(pairs[i]);

  std::unordered_map<std::uint64_t, std::uint32_t> pair_at;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    pair_at.emplace(static_cast<std::uint64_t>(pairs[i].left) << 32 | pairs[i].right, i);
  }
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> clusters;
  for (std::uint32_t row = 0; row < rows; ++row) clusters[merger.sets().find(row)].push_back(row);
  const double lowest =
      std::log2(options.possible_probability / (1 - options.possible_probability));
  for (const auto& [root, members] : clusters) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        const auto at = pair_at.find(static_cast<std::uint64_t>(members[i]) << 32 | members[j]);
        const double own = at == pair_at.end() ? result.threshold : pairs[at->second].weight;
        const std::uint32_t pair = at == pair_at.end() ? kImpliedPair : at->second;
        result.links.push_back(
            {members[i], members[j], std::max(own, result.threshold), Decision::kLink, pair});
      }
    }
  }
  result.link_count = result.links.size();
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const CandidatePair& p = pairs[i];
    if (p.weight < lowest || merger.sets().find(p.left) == merger.sets().find(p.right)) continue;
    result.links.push_back({p.left, p.right, p.weight, Decision::kPossible, i});
    ++result.possible_count;
  }
  for (const Link& link : result.links) {
    if (link.decision == Decision::kLink)
      result.expected_false_links += 1 - model::probability_of(link.weight);
  }
  sort_links(result.links);
  return result;
}

}  // namespace bidui::link
