// --reveal REASON and --reveal-by NAME: names and numbers in full, in a file outside the workspace,
// with an entry in the log of reveals.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/options.h"
#include "workspace/reveal_log.h"

namespace bidui::cli {

void add_reveal_options(CommandLine& line);

// Whether `file` lies in the workspace's directory, where nothing in full belongs.
bool is_inside(const std::filesystem::path& file, const std::filesystem::path& directory);

// Who reveals why, now; without a reason where all stays masked. Nothing, with `status`, where the
// name is missing or `file` lies in the workspace.
std::optional<workspace::Reveal> wanted_reveal(const CommandLine& line,
                                               const po::variables_map& values,
                                               const std::filesystem::path& file, int& status);

}  // namespace bidui::cli
