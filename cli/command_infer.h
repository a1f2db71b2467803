// bidui schema infer FILE.
#pragma once

#include <string>

#include "cli/options.h"

namespace bidui::cli {

// Those of `bidui schema`: -w, and what infer takes.
void add_infer_options(CommandLine& line);

// Returns the exit status.
int infer_schema(const po::variables_map& values, const std::string& file);

}  // namespace bidui::cli
