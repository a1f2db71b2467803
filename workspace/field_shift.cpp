#include "workspace/field_shift.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bidui::workspace {
namespace {

constexpr double kZ = 3.29;        // two-sided p = .001
constexpr double kChanceZ = 3.09;  // one-sided p = .001
constexpr double kSmallest = .01;  // share of a class of its own
// In place of a smaller share: else a class that is new gives the more, the more rows there are.
constexpr double kLeastShare = .001;

double total_of(const ClassCounts& counts) {
  double total = 0;
  for (const auto& [name, count] : counts) total += static_cast<double>(count);
  return total;
}

double count_of(const ClassCounts& counts, const std::string& name) {
  const auto at = counts.find(name);
  return at == counts.end() ? 0 : static_cast<double>(at->second);
}

// The point of χ² that is exceeded once in a thousand (Wilson and Hilferty).
double chi_square_point(double freedom) {
  const double part = 2 / (9 * freedom);
  const double root = 1 - part + kChanceZ * std::sqrt(part);
  return freedom * root * root * root;
}

}  // namespace

bool ShareShift::beyond(double floor) const {
  return std::abs(points()) >= floor && std::abs(z) >= kZ;
}

ShareShift share_shift(std::uint64_t before, std::uint64_t before_all, std::uint64_t after,
                       std::uint64_t after_all) {
  if (before_all == 0 || after_all == 0) return {};
  const auto n = static_cast<double>(before_all);
  const auto m = static_cast<double>(after_all);
  ShareShift shift{.before = static_cast<double>(before) / n,
                   .after = static_cast<double>(after) / m};
  const double pooled = static_cast<double>(before + after) / (n + m);
  const double deviation = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  shift.z = deviation > 0 ? shift.points() / deviation : 0;
  return shift;
}

ClassShift class_shift(const ClassCounts& before, const ClassCounts& after) {
  const double n = total_of(before);
  const double m = total_of(after);
  if (n == 0 || m == 0) return {};
  struct Class {
    std::string name;
    double before, after;
  };
  std::vector<Class> classes;
  Class small{.name = "", .before = 0, .after = 0};
  ClassCounts names = before;
  names.insert(after.begin(), after.end());
  for (const auto& [name, count] : names) {
    const Class one{.name = name, .before = count_of(before, name), .after = count_of(after, name)};
    if (one.before / n >= kSmallest || one.after / m >= kSmallest) {
      classes.push_back(one);
    } else {
      small.before += one.before;
      small.after += one.after;
    }
  }
  if (small.before + small.after > 0) classes.push_back(small);
  ClassShift shift;
  double largest = 0;
  for (const Class& one : classes) {
    const double p = std::max(one.before / n, kLeastShare);
    const double q = std::max(one.after / m, kLeastShare);
    const double part = (p - q) * std::log(p / q);
    shift.index += part;
    if (part <= largest) continue;
    largest = part;
    shift.largest = one.name;
    shift.largest_before = one.before / n;
    shift.largest_after = one.after / m;
  }
  if (classes.size() > 1)
    shift.chance = chi_square_point(static_cast<double>(classes.size() - 1)) * (1 / n + 1 / m);
  return shift;
}

}  // namespace bidui::workspace
