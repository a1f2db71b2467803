// The command line of bidui-world.
#pragma once

#include <string>

#include "bench/world/generate.h"
#include "matcher/base/result.h"

namespace bidui::world {

enum class Action : std::uint8_t { kGenerate, kHelp, kListErrors };

struct CommandLine {
  WorldOptions options;
  Action action = Action::kGenerate;
};

std::string help_text();

// Errors: kInvalidArgument for an unknown option, a number out of range, a missing --out.
Result<CommandLine> parse_command_line(int argc, const char* const* argv);

// Runs the program: prints to standard output, errors to standard error; returns the exit status of
// contracts.md §4 (0 done, 2 wrong usage, 3 failed).
int run(int argc, const char* const* argv);

}  // namespace bidui::world
