#include "matcher/text/keystroke.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "matcher/text/pinyin.h"

namespace bidui::text {
namespace {

constexpr std::array<std::string_view, 3> kRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

// Keys that touch: beside each other, or in the rows above and below, which stand half a key off.
bool touch(char a, char b) {
  int row_a = -1;
  int row_b = -1;
  int at_a = 0;
  int at_b = 0;
  for (int row = 0; row < 3; ++row) {
    const std::string_view keys = kRows[static_cast<std::size_t>(row)];
    if (const std::size_t at = keys.find(a); at != std::string_view::npos) {
      row_a = row;
      at_a = static_cast<int>(at);
    }
    if (const std::size_t at = keys.find(b); at != std::string_view::npos) {
      row_b = row;
      at_b = static_cast<int>(at);
    }
  }
  if (row_a < 0 || row_b < 0) return false;
  if (row_a == row_b) return std::abs(at_a - at_b) == 1;
  const int upper = row_a < row_b ? at_a : at_b;
  const int lower = row_a < row_b ? at_b : at_a;
  return std::abs(row_a - row_b) == 1 && (upper == lower || upper == lower + 1);
}

}  // namespace

bool one_keystroke_apart(std::uint16_t a, std::uint16_t b) {
  if (a == 0 || b == 0 || a == b) return false;
  std::string_view x = syllable_letters(a);
  std::string_view y = syllable_letters(b);
  if (x.size() > y.size()) std::swap(x, y);
  if (y.size() - x.size() > 1) return false;
  std::size_t i = 0;
  while (i < x.size() && x[i] == y[i]) ++i;
  if (x.size() != y.size()) return x.substr(i) == y.substr(i + 1);
  if (x.substr(i + 1) == y.substr(i + 1)) return touch(x[i], y[i]);
  return i + 1 < x.size() && x[i] == y[i + 1] && x[i + 1] == y[i] &&
         x.substr(i + 2) == y.substr(i + 2);
}

}  // namespace bidui::text
