// The options by which a command finds a county's own rules and profile.
#pragma once

#include "cli/options.h"
#include "workspace/rule_files.h"

namespace bidui::cli {

// Adds --profile NAME|FILE and --rules DIR.
void add_rule_options(CommandLine& line);

// Their values; no workspace.
workspace::RuleChoice rule_choice(const po::variables_map& values);

}  // namespace bidui::cli
