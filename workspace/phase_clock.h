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
  std::vector<PhaseTime> parts{};  // that ran beside each other in it; without cpu_seconds
};

// Does `work` and tells how long it took: one of the parts of a phase.
template <typename Work>
PhaseTime timed(std::string part, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  return {.phase = std::move(part), .seconds = taken.count()};
}

// Appends to `phases`, which must outlive it, the time since the phase before (or since it was
// made).
class PhaseClock {
 public:
  explicit PhaseClock(std::vector<PhaseTime>& phases) : phases_(phases) {}
  // The phase that was appended; valid until the next one.
  PhaseTime& end(std::string phase, std::uint64_t rows = 0, std::uint64_t pairs = 0,
                 std::uint64_t bytes = 0) {
    const auto now = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    phases_.push_back({.phase = std::move(phase),
                       .seconds = std::chrono::duration<double>(now - begin_).count(),
                       .cpu_seconds = cpu - cpu_begin_,
                       .rows = rows,
                       .pairs = pairs,
                       .bytes = bytes});
    begin_ = now;
    cpu_begin_ = cpu;
    return phases_.back();
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
