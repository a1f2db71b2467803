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
  std::uint64_t rows = 0;
  std::uint64_t pairs = 0;
  std::uint64_t bytes = 0;
  double cpu_seconds = 0;          // of the whole program, meanwhile
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
    const std::clock_t cpu = std::clock();
    phases_.push_back({.phase = std::move(phase),
                       .seconds = std::chrono::duration<double>(now - begin_).count(),
                       .rows = rows,
                       .pairs = pairs,
                       .bytes = bytes,
                       .cpu_seconds = static_cast<double>(cpu - cpu_) / CLOCKS_PER_SEC});
    begin_ = now;
    cpu_ = cpu;
    return phases_.back();
  }

 private:
  std::vector<PhaseTime>& phases_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::clock_t cpu_ = std::clock();
};

}  // namespace bidui::workspace
