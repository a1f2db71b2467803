// The part of `bidui flag` that does something about flags.
#pragma once

#include "cli/command.h"
#include "matcher/flag/disposition.h"

namespace bidui::cli {

// All: `arguments` without the name of the step or part.
int run_flag_step(flag::Action action, const Arguments& arguments);
int run_flag_export(const Arguments& arguments);
int run_flag_import(const Arguments& arguments);

}  // namespace bidui::cli
