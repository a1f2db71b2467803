#include "matcher/link/cluster.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "matcher/link/components.h"
#include "matcher/link/entered_twice.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

// Evidence between two clusters: of the pairs compared between them.
struct Between {
  double sum = 0;  // of their weights
  std::uint32_t count = 0;
  std::uint32_t strong = 0;  // that reach the threshold
};

// Merges clusters heaviest pair first; keeps for each cluster its neighbours' evidence.
class ClusterMerger {
 public:
  ClusterMerger(std::uint32_t rows, double threshold, const ClusterChecks& checks)
      : threshold_(threshold),
        checks_(checks),
        vetoes_(checks.cannot_links),
        sets_(rows),
        neighbours_(rows),
        sizes_(rows, 1),
        next_(rows, kEnd),
        last_(rows) {
    std::iota(last_.begin(), last_.end(), 0U);
  }

  void add(const CandidatePair& pair) {
    const Between evidence{pair.weight, 1, pair.weight >= threshold_ ? 1U : 0U};
    put(pair.left, pair.right, evidence);
    put(pair.right, pair.left, evidence);
  }

  void try_join(const CandidatePair& pair) {
    const std::uint32_t a = sets_.find(pair.left);
    const std::uint32_t b = sets_.find(pair.right);
    if (a == b) return;
    const Between between = neighbours_[a].at(b);
    // Pairs that share no key were never compared: they count as mildly against.
    const double unseen = static_cast<double>(sizes_[a]) * sizes_[b] - between.count;
    if (between.sum + unseen * kUnseenWeight <= 0) return;
    const bool bridge = between.strong == 1 && sizes_[a] > 1 && sizes_[b] > 1;
    if (bridge && !same_number_and_name(pair)) return;
    if (contradict(a, b) || vetoes_.are_apart(sets_, a, b)) return;
    join(a, b);
  }

  UnionFind& sets() { return sets_; }
  std::uint32_t size(std::uint32_t root) const { return sizes_[root]; }
  // Ascending.
  std::vector<std::uint32_t> members(std::uint32_t root) const {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = root; row != kEnd; row = next_[row]) rows.push_back(row);
    std::ranges::sort(rows);
    return rows;
  }

 private:
  static constexpr double kUnseenWeight = -4;
  static constexpr std::uint32_t kEnd = 0xFFFFFFFF;

  bool contradict(std::uint32_t a, std::uint32_t b) const {
    if (!checks_.contradict) return false;
    for (std::uint32_t x = a; x != kEnd; x = next_[x]) {
      for (std::uint32_t y = b; y != kEnd; y = next_[y]) {
        if (checks_.contradict(x, y)) return true;
      }
    }
    return false;
  }

  void put(std::uint32_t a, std::uint32_t b, Between more) {
    Between& between = neighbours_[a][b];
    between.sum += more.sum;
    between.count += more.count;
    between.strong += more.strong;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    sets_.unite(a, b);
    const std::uint32_t kept = std::min(a, b);
    const std::uint32_t gone = std::max(a, b);
    vetoes_.join(kept, gone);
    sizes_[kept] += sizes_[gone];
    next_[last_[kept]] = gone;
    last_[kept] = last_[gone];
    neighbours_[kept].erase(gone);
    for (const auto& [other, between] : neighbours_[gone]) {
      if (other == kept) continue;
      put(kept, other, between);
      neighbours_[other].erase(gone);
      put(other, kept, between);
    }
    neighbours_[gone].clear();
  }

  double threshold_;
  const ClusterChecks& checks_;
  VetoedSets vetoes_;
  UnionFind sets_;
  std::vector<std::unordered_map<std::uint32_t, Between>> neighbours_;
  std::vector<std::uint32_t> sizes_;  // by representative
  // The members of a set as a chain from its representative.
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> last_;  // by representative
};

// Every pair of a cluster: its own weight, or the threshold where it was not compared.
void append_links(std::span<const CandidatePair> pairs, ClusterMerger& merger, Decisions& result) {
  std::unordered_map<std::uint64_t, std::uint32_t> pair_at;
  for (std::uint32_t i = 0; i < pairs.size(); ++i)
    pair_at.emplace(static_cast<std::uint64_t>(pairs[i].left) << 32 | pairs[i].right, i);
  for (std::uint32_t row = 0; row < merger.sets().size(); ++row) {
    if (merger.size(row) == 1 || merger.sets().find(row) != row) continue;
    const std::vector<std::uint32_t> members = merger.members(row);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        const auto at = pair_at.find(static_cast<std::uint64_t>(members[i]) << 32 | members[j]);
        const bool compared = at != pair_at.end();
        const double own = compared ? pairs[at->second].weight : result.threshold;
        result.links.push_back({members[i], members[j], std::max(own, result.threshold),
                                Decision::kLink, compared ? at->second : kImpliedPair});
        result.expected_false_links += 1 - model::probability_of(result.links.back().weight);
      }
    }
  }
  result.link_count = result.links.size();
}

void append_possible(std::span<const CandidatePair> pairs, const DecisionOptions& options,
                     UnionFind& sets, Decisions& result) {
  const double lowest = model::weight_of(options.possible_probability);
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const CandidatePair& p = pairs[i];
    if (p.weight < lowest || sets.find(p.left) == sets.find(p.right)) continue;
    result.links.push_back({p.left, p.right, p.weight, Decision::kPossible, i});
    ++result.possible_count;
  }
}

int birth_year(const record::PersonFeatures& p) { return static_cast<int>(p.birth / 10000); }

}  // namespace

bool rows_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  if (numbers_contradict(a, b)) return true;
  const bool one_household = a.household != 0 && a.household == b.household;
  const bool other_sex = a.sex != 0 && b.sex != 0 && a.sex != b.sex;
  const bool other_birth =
      birth_year(a) != 0 && birth_year(b) != 0 && birth_year(a) != birth_year(b);
  return one_household && other_sex && other_birth;
}

Decisions decide_clusters(std::span<const CandidatePair> pairs, std::uint32_t rows,
                          const DecisionOptions& options, const ClusterChecks& checks) {
  Decisions result;
  std::vector<double> weights;
  for (const CandidatePair& p : pairs) weights.push_back(p.weight);
  result.threshold = find_threshold(std::move(weights), options.false_link_rate);
  std::vector<std::uint32_t> order;
  ClusterMerger merger(rows, result.threshold, checks);
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    merger.add(pairs[i]);
    if (pairs[i].weight >= result.threshold) order.push_back(i);
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return pairs[a].weight != pairs[b].weight ? pairs[a].weight > pairs[b].weight : a < b;
  });
  for (const std::uint32_t i : order) merger.try_join(pairs[i]);
  append_links(pairs, merger, result);
  append_possible(pairs, options, merger.sets(), result);
  sort_links(result.links);
  return result;
}

}  // namespace bidui::link
