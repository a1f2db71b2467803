#include "cli/local_time.h"

#include <array>
#include <ctime>

namespace bidui::cli {

std::string local_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &parts)};
}

std::string local_day() { return local_time().substr(0, 10); }

}  // namespace bidui::cli
