// How long work tells what it is doing; the terminal or the page decides how to show it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace bidui::workspace {

// `done` and `total` count `unit`s ("bytes", "rows", "pairs"); total 0 = not known. Called from one
// thread at a time, about every 50 ms of work or less.
struct ProgressEvent {
  std::string_view phase{};
  std::string_view unit{};
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};
using Progress = std::function<void(const ProgressEvent&)>;

inline void report(const Progress& progress, const ProgressEvent& event) {
  if (progress) progress(event);
}

}  // namespace bidui::workspace
