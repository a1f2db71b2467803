// How two identity numbers differ.
#include <array>
#include <utility>

#include "matcher/text/id_number.h"

namespace bidui::text {
namespace {

// The positions where two numbers of 17 digits differ; counting stops behind the second.
struct Positions {
  int count = 0;
  unsigned a[2]{}, b[2]{};
  int at[2]{};
};

Positions differing(std::uint64_t x, std::uint64_t y) {
  Positions found;
  for (int power = 0; power < 17; ++power, x /= 10, y /= 10) {
    if (x == y) break;
    const auto dx = static_cast<unsigned>(x % 10);
    const auto dy = static_cast<unsigned>(y % 10);
    if (dx == dy) continue;
    if (found.count == 2) {
      found.count = 3;
      break;
    }
    found.a[found.count] = dx;
    found.b[found.count] = dy;
    found.at[found.count++] = power;
  }
  return found;
}

IdDifference difference_of_full(const IdNumber& a, const IdNumber& b) {
  if (a.digits17 == b.digits17) return IdDifference::kEqual;
  const Positions found = differing(a.digits17, b.digits17);
  if (found.count == 1) return IdDifference::kOneDigit;
  const bool swapped = found.count == 2 && found.at[1] == found.at[0] + 1 &&
                       found.a[0] == found.b[1] && found.a[1] == found.b[0];
  return swapped ? IdDifference::kTransposition : IdDifference::kOther;
}

using Symbols = std::array<std::uint8_t, 18>;

Symbols symbols_of(const IdNumber& id) {
  Symbols symbols{};
  std::uint64_t rest = id.digits17;
  for (std::size_t i = 17; i-- > 0; rest /= 10) symbols[i] = static_cast<std::uint8_t>(rest % 10);
  symbols[17] = id.check;
  if (id.state == IdState::kTooShort && id.check == 10) symbols[16] = id.check;
  return symbols;
}

// True when the first 17 of `cut` are the 18 of `full` without one.
bool lacks_one(const IdNumber& cut, const IdNumber& full) {
  if (cut.length != 17 || full.check == 15) return false;
  const Symbols a = symbols_of(cut);
  const Symbols b = symbols_of(full);
  std::size_t i = 0;
  while (i < 17 && a[i] == b[i]) ++i;
  for (; i < 17; ++i) {
    if (a[i] != b[i + 1]) return false;
  }
  return true;
}

std::uint64_t power_of_ten(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool begins_with(const IdNumber& full, const IdNumber& prefix) {
  if (prefix.known_prefix == 0) return false;
  const std::uint64_t unit = power_of_ten(17 - prefix.known_prefix);
  return full.digits17 / unit == prefix.digits17 / unit;
}

}  // namespace

IdDifference id_difference(const IdNumber& a, const IdNumber& b) {
  if (a.is_full() && b.is_full()) return difference_of_full(a, b);
  const IdNumber& full = a.is_full() ? a : b;
  const IdNumber& other = a.is_full() ? b : a;
  if (!full.is_full()) return IdDifference::kOther;
  if (other.state == IdState::kTooShort && lacks_one(other, full)) return IdDifference::kOneMissing;
  if (other.state == IdState::kPrecisionLost && begins_with(full, other)) {
    return IdDifference::kPrefix;
  }
  return IdDifference::kOther;
}

}  // namespace bidui::text
