// The part of `bidui flag` that does something about flags.
#pragma once

#include "cli/command.h"
#include "matcher/flag/disposition.h"

namespace bidui::cli {

// `arguments` without the name of the step.
int run_flag_step(flag::Action action, const Arguments& arguments);

}  // namespace bidui::cli
