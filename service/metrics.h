// Counters of the service as Prometheus reads them: requests by operation and status, how long they
// took, what is open. Nothing personal. Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace bidui::service {

class Metrics {
 public:
  void count(std::string_view operation, int status, std::chrono::nanoseconds took);

  struct Gauges {
    std::size_t sessions = 0;
    std::size_t connections = 0;
    bool run_active = false;
    std::uint64_t journal_entries = 0;
  };
  // Text exposition format 0.0.4.
  std::string text(const Gauges& gauges) const;

 private:
  // Upper bounds in seconds.
  static constexpr std::array<double, 10> kBounds = {.001, .002, .005, .01, .025,
                                                     .05,  .1,   .25,  1,   5};
  struct Times {
    std::array<std::uint64_t, kBounds.size() + 1> counts{};
    double sum = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Times> times_;
};

}  // namespace bidui::service
