// The parts of `bidui report` that are about one household.
#pragma once

#include "cli/command.h"

namespace bidui::cli {

// Both: `arguments` without the name of the part.
int run_check_report(const Arguments& arguments);
int run_verify_report(const Arguments& arguments);

}  // namespace bidui::cli
