#include "workspace/local_time.h"

#include <array>
#include <ctime>

#include "matcher/rule/calendar.h"

namespace bidui::workspace {

std::string local_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &parts)};
}

std::string local_day() { return local_time().substr(0, 10); }

rule::DayNumber today() { return rule::parse_date_text(local_day())->first; }

std::string utc_time_after(std::chrono::seconds time) {
  const std::time_t then = std::time(nullptr) + static_cast<std::time_t>(time.count());
  std::tm parts{};
  gmtime_r(&then, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace bidui::workspace
