// The obvious string distances, by recursion or by trying everything: the judges of
// matcher/compare/edit_distance.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::reference {

// Optimal string alignment, straight from its recurrence over the whole table.
template <typename Text>
int osa_distance(const Text& a, const Text& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// Makes every string that is one edit from `a` and looks for `b`.
inline bool within_one_edit(const std::string& a, const std::string& b) {
  if (a == b) return true;
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (const char c : b) {
      if (std::string(a).insert(i, 1, c) == b) return true;
      if (i < a.size() && std::string(a).replace(i, 1, 1, c) == b) return true;
    }
    if (i < a.size() && std::string(a).erase(i, 1) == b) return true;
    std::string swapped = a;
    if (i + 1 < a.size()) std::swap(swapped[i], swapped[i + 1]);
    if (swapped == b) return true;
  }
  return false;
}

// As Winkler describes it: list the assigned characters of both sides, then count those that stand
// at another place.
inline double jaro_winkler(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1;
  const long longer = static_cast<long>(std::max(a.size(), b.size()));
  const long window = std::max(longer / 2 - 1, 0L);
  std::vector<bool> taken(b.size());
  std::string of_a;
  for (long i = 0; i < static_cast<long>(a.size()); ++i) {
    for (long j = 0; j < static_cast<long>(b.size()); ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (std::abs(i - j) > window || taken[at] || a[static_cast<std::size_t>(i)] != b[at])
        continue;
      taken[at] = true;
      of_a += b[at];
      break;
    }
  }
  std::string of_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j]) of_b += b[j];
  }
  if (of_a.empty()) return 0;
  int moved = 0;
  for (std::size_t k = 0; k < of_a.size(); ++k) moved += of_a[k] != of_b[k] ? 1 : 0;
  const auto m = static_cast<double>(of_a.size());
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - moved / 2) / m) /
                      3;
  int prefix = 0;
  for (std::size_t k = 0; k < 4 && k < a.size() && k < b.size() && a[k] == b[k]; ++k) ++prefix;
  return jaro + prefix * 0.1 * (1 - jaro);
}

}  // namespace bidui::reference
