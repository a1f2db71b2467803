// Whether a field of a delivery differs from the one before by more than chance and more than
// matters: two numbers that a data officer can be told.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace bidui::workspace {

// Two shares, compared by the two-proportion z test with a pooled variance. With hundreds of
// thousands of rows every difference is significant: it must be large as well.
struct ShareShift {
  double before = 0;
  double after = 0;
  double z = 0;

  double points() const { return after - before; }
  // Beyond chance (|z| ≥ 3.29: one in a thousand, both sides) and by `floor` at least.
  bool beyond(double floor) const;
};
ShareShift share_shift(std::uint64_t before, std::uint64_t before_all, std::uint64_t after,
                       std::uint64_t after_all);

// Population stability index of the classes of two counts: Σ (p − q) ln(p / q). Classes below 1 %
// in both are taken together, and shares below 0.1 % count as that. It does not grow with the
// number of rows, but in few rows chance alone gives some: index / (1/n + 1/m) is distributed as χ²
// with classes − 1 degrees of freedom (Yurdakul and Naranjo, Statistical properties of the
// population stability index, Journal of Risk Model Validation 14 (4), 2020); `chance` is its 99.9
// % point, after Wilson and Hilferty.
struct ClassShift {
  double index = 0;
  double chance = 0;
  std::string largest{};  // the class that gives most of it
  double largest_before = 0;
  double largest_after = 0;  // its shares

  bool beyond(double limit) const { return index >= limit && index > chance; }
};
using ClassCounts = std::map<std::string, std::uint64_t>;
ClassShift class_shift(const ClassCounts& before, const ClassCounts& after);

}  // namespace bidui::workspace
