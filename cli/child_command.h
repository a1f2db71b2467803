// A command of this program run by another: what it says goes to a file, and it ends when this
// process does, however that comes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"

namespace bidui::cli {

// SIGTERM, SIGINT and SIGHUP as a descriptor, instead of ending the process. One per process, made
// before there are other threads, which would take them.
class EndSignals {
 public:
  EndSignals();
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  int descriptor() const { return descriptor_; }
  // Whether one came; once, always.
  bool came();

 private:
  int descriptor_ = -1;
  bool came_ = false;
};

// Runs `bidui ARGUMENTS`; its errors and progress go to `said`.err. Its status; nullopt where it
// was told to end, or was killed. A signal of `signals` is passed on to it.
std::optional<int> run_child(const Arguments& arguments, const std::filesystem::path& said,
                             EndSignals& signals);

}  // namespace bidui::cli
