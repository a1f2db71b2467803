// For whom a command runs: its arguments, what it reads and writes, its language. The process' own;
// or, in a service, those of the `bidui` that handed its command over (command_socket.h).
#pragma once

#include <cstdio>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/command.h"
#include "workspace/workspace.h"

namespace bidui::cli {

struct Invocation {
  Arguments arguments{};  // from the command's name on
  int in = STDIN_FILENO;
  std::FILE* out = stdout;
  std::FILE* err = stderr;
  bool chinese = true;
  // Lines that were read before the command was handed over, and are read again where it runs.
  std::vector<std::string> lines_read{};
  std::deque<std::string> lines_to_read{};
  // Of a command that was handed over: the workspace that the service has open, and the connection,
  // which ends when the caller does.
  const workspace::Workspace* hosted = nullptr;
  int caller = -1;
};

// Of this thread; the process' own where it has none.
Invocation& invocation();

// This thread works for `invocation`, which outlives it.
class InvocationScope {
 public:
  explicit InvocationScope(Invocation& invocation);
  ~InvocationScope();
  InvocationScope(const InvocationScope&) = delete;
  InvocationScope& operator=(const InvocationScope&) = delete;

 private:
  Invocation* before_;
};

inline std::FILE* output() { return invocation().out; }
inline std::FILE* error_output() { return invocation().err; }

// From the input; nullopt at its end. A line comes without what ends it. Throws CallerGone.
std::optional<char> read_byte();
std::optional<std::string> read_line();

// Who handed the command over is there no more: it ends as if it had been interrupted.
class CallerGone : public std::exception {};
// Throws CallerGone.
void check_caller();

}  // namespace bidui::cli
