// What the user sees of long work, and in which language.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "cli/invocation.h"
#include "matcher/base/error.h"
#include "workspace/progress.h"

namespace bidui::cli {

// Exit status of every command (contracts §4).
inline constexpr int kDone = 0;
inline constexpr int kCheckFailed = 1;
inline constexpr int kWrongUsage = 2;
inline constexpr int kFailed = 3;

// The only table from error codes to exit status.
int exit_status(ErrorCode code);

// Chinese unless the locale (LC_ALL, LC_MESSAGES, LANG) is English; BIDUI_LANG=zh|en overrides.
bool chinese();

// The text of the user's language.
inline std::string_view say(std::string_view zh, std::string_view en) {
  return chinese() ? zh : en;
}

// What is being done, for people; the name itself where it has no title.
std::string phase_title(std::string_view phase);

// Prints an error to standard error; returns its exit status.
int fail(const Error& error);

// Columns of the terminal that standard output goes to; 100 where it goes elsewhere.
std::size_t output_width();
// Columns that a text takes on a terminal: Han characters take two.
std::size_t display_width(std::string_view utf8);
// The text with spaces behind it up to `width` columns.
std::string padded(std::string_view utf8, std::size_t width);

// A bar with rate and time left on a terminal; elsewhere a plain line at the end of each phase.
// Writes to standard error, so that results can be piped.
class ProgressPrinter {
 public:
  ProgressPrinter();
  ~ProgressPrinter();
  ProgressPrinter(const ProgressPrinter&) = delete;
  ProgressPrinter& operator=(const ProgressPrinter&) = delete;

  // Throws CallerGone.
  void show(const workspace::ProgressEvent& event);
  workspace::Progress callback() {
    return [this](const workspace::ProgressEvent& event) { show(event); };
  }
  // Ends the last phase's line.
  void finish();

 private:
  void begin_phase(std::string_view phase);

  Invocation& invocation_;
  bool terminal_;
  std::string phase_;
  workspace::ProgressEvent last_{};
  std::chrono::steady_clock::time_point began_{};
  std::chrono::steady_clock::time_point shown_{};
};

}  // namespace bidui::cli
