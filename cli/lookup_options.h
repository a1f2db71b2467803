// The options that say whom to look up.
#pragma once

#include "cli/options.h"
#include "workspace/lookup.h"

namespace bidui::cli {

void add_lookup_options(CommandLine& line);

// What they say; "-" reads a line of standard input.
workspace::LookupQuery lookup_query(const po::variables_map& values);

}  // namespace bidui::cli
