#include "matcher/link/assignment.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "matcher/link/components.h"
#include "matcher/link/row_numbers.h"

namespace bidui::link {
namespace {

// Rows numbered from 0 in ascending order of their identifiers.
std::vector<std::uint32_t> distinct_sorted(std::span<const WeightedPair> pairs,
                                           std::uint32_t WeightedPair::*side) {
  std::vector<std::uint32_t> rows;
  rows.reserve(pairs.size());
  for (const WeightedPair& p : pairs) rows.push_back(p.*side);
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::size_t position(const std::vector<std::uint32_t>& rows, std::uint32_t row) {
  return static_cast<std::size_t>(std::ranges::lower_bound(rows, row) - rows.begin());
}

// The Hungarian method with potentials over a dense cost matrix, rows <= columns (e-maxx
// formulation). Returns the column of each row.
std::vector<std::size_t> solve_dense(const std::vector<double>& cost, std::size_t rows,
                                     std::size_t columns) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::vector<double> u(rows + 1);
  std::vector<double> v(columns + 1);
  std::vector<std::size_t> row_of(columns + 1);  // 0 = free; rows and columns count from 1
  std::vector<std::size_t> way(columns + 1);
  for (std::size_t i = 1; i <= rows; ++i) {
    row_of[0] = i;
    std::size_t j0 = 0;
    std::vector<double> least(columns + 1, kInfinity);
    std::vector<bool> used(columns + 1);
    do {
      used[j0] = true;
      const std::size_t i0 = row_of[j0];
      double delta = kInfinity;
      std::size_t j1 = 0;
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const double reduced = cost[(i0 - 1) * columns + j - 1] - u[i0] - v[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          way[j] = j0;
        }
        if (least[j] < delta) {
          delta = least[j];
          j1 = j;
        }
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        if (used[j]) {
          u[row_of[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      j0 = j1;
    } while (row_of[j0] != 0);
    do {
      const std::size_t j1 = way[j0];
      row_of[j0] = row_of[j1];
      j0 = j1;
    } while (j0 != 0);
  }
  std::vector<std::size_t> column_of(rows);
  for (std::size_t j = 1; j <= columns; ++j) {
    if (row_of[j] != 0) column_of[row_of[j] - 1] = j - 1;
  }
  return column_of;
}

using Indexes = std::span<const std::uint32_t>;

void solve_greedily(std::span<const WeightedPair> pairs, Indexes indexes,
                    std::vector<std::uint32_t>& chosen) {
  std::vector<std::uint32_t> order(indexes.begin(), indexes.end());
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const WeightedPair& x = pairs[a];
    const WeightedPair& y = pairs[b];
    if (x.weight != y.weight) return x.weight > y.weight;
    return x.left != y.left ? x.left < y.left : x.right < y.right;
  });
  std::vector<std::uint32_t> lefts;
  std::vector<std::uint32_t> rights;
  const auto take = [](std::vector<std::uint32_t>& taken, std::uint32_t row) {
    const auto at = std::ranges::lower_bound(taken, row);
    if (at != taken.end() && *at == row) return false;
    taken.insert(at, row);
    return true;
  };
  for (const std::uint32_t i : order) {
    if (std::ranges::binary_search(rights, pairs[i].right) || !take(lefts, pairs[i].left)) continue;
    take(rights, pairs[i].right);
    chosen.push_back(i);
  }
}

// A component as a dense matrix; the smaller side becomes the rows. Pairs that do not exist cost
// nothing.
void solve_exactly(std::span<const WeightedPair> pairs, Indexes indexes,
                   std::vector<std::uint32_t>& chosen) {
  std::vector<WeightedPair> own;
  own.reserve(indexes.size());
  for (const std::uint32_t i : indexes) own.push_back(pairs[i]);
  const auto lefts = distinct_sorted(own, &WeightedPair::left);
  const auto rights = distinct_sorted(own, &WeightedPair::right);
  const bool turned = lefts.size() > rights.size();
  const std::size_t rows = std::min(lefts.size(), rights.size());
  const std::size_t columns = std::max(lefts.size(), rights.size());
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<double> cost(rows * columns);
  std::vector<std::uint32_t> pair_at(rows * columns, kNone);
  for (std::size_t k = 0; k < own.size(); ++k) {
    const std::size_t l = position(lefts, own[k].left);
    const std::size_t r = position(rights, own[k].right);
    const std::size_t at = turned ? r * columns + l : l * columns + r;
    cost[at] = -own[k].weight;
    pair_at[at] = indexes[k];
  }
  const std::vector<std::size_t> column_of = solve_dense(cost, rows, columns);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t pair = pair_at[row * columns + column_of[row]];
    if (pair != kNone) chosen.push_back(pair);
  }
}

// The pairs of one component behind one another, in their order. A component is named by its first
// left row.
template <typename ComponentOf>
std::vector<std::uint32_t> by_component(Indexes pairs, std::uint32_t lefts,
                                        const ComponentOf& component_of) {
  std::vector<std::uint32_t> next(lefts + std::size_t{1});
  for (const std::uint32_t i : pairs) ++next[component_of(i) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> ordered(pairs.size());
  for (const std::uint32_t i : pairs) ordered[next[component_of(i)]++] = i;
  return ordered;
}

}  // namespace

AssignmentResult assign_one_to_one(std::span<const WeightedPair> pairs, std::uint32_t exact_limit) {
  AssignmentResult result;
  std::vector<std::uint32_t> usable;
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].weight > 0) usable.push_back(i);
  }
  const RowNumbers lefts = number_rows(pairs, &WeightedPair::left);
  const RowNumbers rights = number_rows(pairs, &WeightedPair::right);
  UnionFind sets(std::size_t{lefts.count} + rights.count);
  for (const std::uint32_t i : usable)
    sets.unite(lefts.of_pair[i], lefts.count + rights.of_pair[i]);
  // Within a component in the order of (left, right), so that equal weights are settled by content.
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (pairs[a].left != pairs[b].left) return pairs[a].left < pairs[b].left;
    return pairs[a].right < pairs[b].right;
  };
  if (!std::ranges::is_sorted(usable, before)) std::ranges::sort(usable, before);
  const auto component_of = [&](std::uint32_t i) { return sets.find(lefts.of_pair[i]); };
  usable = by_component(usable, lefts.count, component_of);
  for (std::size_t begin = 0; begin < usable.size();) {
    std::size_t end = begin;
    const std::uint32_t component = component_of(usable[begin]);
    while (end < usable.size() && component_of(usable[end]) == component) ++end;
    const Indexes indexes = Indexes(usable).subspan(begin, end - begin);
    ++result.components;
    if (indexes.size() == 1) {
      result.chosen.push_back(indexes[0]);
      result.largest_component = std::max<std::uint64_t>(result.largest_component, 2);
    } else {
      std::vector<WeightedPair> own;
      for (const std::uint32_t i : indexes) own.push_back(pairs[i]);
      const std::size_t l = distinct_sorted(own, &WeightedPair::left).size();
      const std::size_t r = distinct_sorted(own, &WeightedPair::right).size();
      result.largest_component = std::max<std::uint64_t>(result.largest_component, l + r);
      if (std::min(l, r) <= exact_limit && std::max(l, r) <= std::size_t{20} * exact_limit) {
        solve_exactly(pairs, indexes, result.chosen);
      } else {
        ++result.greedy_components;
        solve_greedily(pairs, indexes, result.chosen);
      }
    }
    begin = end;
  }
  std::ranges::sort(result.chosen);
  return result;
}

}  // namespace bidui::link
