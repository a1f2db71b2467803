// bidui deliveries quality: what a delivery is like.
#pragma once

#include <string>

#include "cli/options.h"

namespace bidui::cli {

// `values` has the options of bidui deliveries. Returns the exit status.
int show_quality(const CommandLine& line, const po::variables_map& values, const std::string& name);

}  // namespace bidui::cli
