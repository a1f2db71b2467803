#include "workspace/near_numbers.h"

#include <algorithm>

namespace bidui::workspace {

std::vector<std::uint64_t> near_numbers(std::uint64_t number, int digits) {
  std::vector<std::uint64_t> near;
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i, unit *= 10) {
    const std::uint64_t own = number / unit % 10;
    for (std::uint64_t other = 0; other < 10; ++other) {
      if (other != own) near.push_back(number - own * unit + other * unit);
    }
    const std::uint64_t next = number / unit / 10 % 10;
    if (i + 1 == digits || next == own) continue;
    near.push_back(number - own * unit - next * unit * 10 + next * unit + own * unit * 10);
  }
  return near;
}

std::vector<std::uint64_t> completed_numbers(std::uint64_t number, int digits) {
  std::vector<std::uint64_t> completed;
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i, unit *= 10) {
    for (std::uint64_t digit = 0; digit < 10; ++digit)
      completed.push_back(number / unit * unit * 10 + digit * unit + number % unit);
  }
  std::ranges::sort(completed);
  completed.erase(std::unique(completed.begin(), completed.end()), completed.end());
  return completed;
}

}  // namespace bidui::workspace
