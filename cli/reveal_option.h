// --reveal REASON, --as PERSON: names and numbers in full, to a place outside the workspace,
// logged.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/options.h"
#include "workspace/workspace.h"

namespace bidui::cli {

// Whether values in full are asked for. Nothing, with `status`, where nobody is named or `file`
// lies in the workspace's directory. The command has the options reveal, as and workspace.
std::optional<bool> wanted_reveal(const CommandLine& line, const po::variables_map& values,
                                  const std::string& file, int& status);

// Notes it; before the values leave.
Status log_wanted_reveal(workspace::Workspace& workspace, const po::variables_map& values,
                         std::string what, std::size_t records);

}  // namespace bidui::cli
