// One-to-one assignment by trying everything: the judge of matcher/link/assignment.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

namespace bidui::reference {

struct Edge {
  std::uint32_t left;
  std::uint32_t right;
  double weight;
};

// The greatest total weight of edges that share no row; exponential in the edges.
inline double best_total(const std::vector<Edge>& edges, std::size_t from = 0,
                         std::set<std::uint32_t> lefts = {}, std::set<std::uint32_t> rights = {}) {
  if (from == edges.size()) return 0;
  const Edge& edge = edges[from];
  const double without = best_total(edges, from + 1, lefts, rights);
  if (lefts.contains(edge.left) || rights.contains(edge.right)) return without;
  lefts.insert(edge.left);
  rights.insert(edge.right);
  return std::max(without, edge.weight + best_total(edges, from + 1, lefts, rights));
}

}  // namespace bidui::reference
