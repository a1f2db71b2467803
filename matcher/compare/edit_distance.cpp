#include "matcher/compare/edit_distance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace bidui::compare {
namespace {

struct JaroMatch {
  int matches = 0;
  std::uint64_t in_a = 0;
  std::uint64_t in_b = 0;
};

// The greedy matching of Jaro: each character of a takes the first free equal one of b within the
// window.
JaroMatch match_characters(std::string_view a, std::string_view b) {
  const int length_a = static_cast<int>(a.size());
  const int length_b = static_cast<int>(b.size());
  const int window = std::max(0, std::max(length_a, length_b) / 2 - 1);
  JaroMatch result;
  for (int i = 0; i < length_a; ++i) {
    const int low = std::max(0, i - window);
    const int high = std::min(length_b - 1, i + window);
    for (int j = low; j <= high; ++j) {
      const std::uint64_t bit = 1ULL << j;
      if ((result.in_b & bit) != 0 ||
          a[static_cast<std::size_t>(i)] != b[static_cast<std::size_t>(j)]) {
        continue;
      }
      result.in_b |= bit;
      result.in_a |= 1ULL << i;
      ++result.matches;
      break;
    }
  }
  return result;
}

int count_transpositions(std::string_view a, std::string_view b, JaroMatch match) {
  int out_of_order = 0;
  while (match.in_a != 0) {
    const auto i = static_cast<std::size_t>(std::countr_zero(match.in_a));
    const auto j = static_cast<std::size_t>(std::countr_zero(match.in_b));
    out_of_order += a[i] != b[j] ? 1 : 0;
    match.in_a &= match.in_a - 1;
    match.in_b &= match.in_b - 1;
  }
  return out_of_order / 2;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, 64);
  b = b.substr(0, 64);
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1.0 : 0.0;
  const JaroMatch match = match_characters(a, b);
  if (match.matches == 0) return 0.0;
  const double m = match.matches;
  const double t = count_transpositions(a, b, match);
  const double jaro =
      (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - t) / m) / 3.0;
  std::size_t prefix = 0;
  while (prefix < std::min({a.size(), b.size(), std::size_t{4}}) && a[prefix] == b[prefix])
    ++prefix;
  return jaro + static_cast<double>(prefix) * 0.1 * (1.0 - jaro);
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size() || a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

int osa_distance(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, int limit) {
  constexpr std::size_t kMax = 32;
  if (a.size() > kMax || b.size() > kMax) {
    return std::ranges::equal(a, b) ? 0 : limit + 1;
  }
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit) return limit + 1;
  std::array<std::array<int, kMax + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int substitute = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, substitute});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

}  // namespace bidui::compare
