// How long each phase of a piece of work took.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace bidui::workspace {

struct PhaseTime {
  std::string phase{};
  double seconds = 0;
  double cpu_seconds = 0;  // of all threads together
  std::uint64_t rows = 0;
  std::uint64_t keys = 0;
  std::uint64_t pairs = 0;
  std::uint64_t bytes = 0;
};

// Appends to `phases`, which must outlive it, the time since the phase before (or since it was
// made).
class PhaseClock {
 public:
  explicit PhaseClock(std::vector<PhaseTime>& phases) : phases_(phases) {}
  void end(std::string phase, std::uint64_t rows = 0, std::uint64_t pairs = 0,
           std::uint64_t bytes = 0) {
    const auto now = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    phases_.push_back({std::move(phase), std::chrono::duration<double>(now - begin_).count(),
                       cpu - cpu_begin_, rows, 0, pairs, bytes});
    begin_ = now;
    cpu_begin_ = cpu;
  }

 private:
  static double cpu_seconds() {
    return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
  }

  std::vector<PhaseTime>& phases_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double cpu_begin_ = cpu_seconds();
};

}  // namespace bidui::workspace
