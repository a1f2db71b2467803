// The options by which every command finds its workspace.
#pragma once

#include "cli/options.h"
#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::cli {

// Adds -w DIR (required) and --key-file FILE (default: DIR.key).
void add_workspace_options(CommandLine& line);

// The first word that is neither an option nor the value of one of these two, by which a command
// with several parts knows the part; "" where there is none. And the arguments without it.
struct PartArgument {
  std::string part{};
  Arguments rest{};
};
PartArgument part_argument(const Arguments& arguments);

// The two options' values.
std::filesystem::path workspace_directory(const po::variables_map& values);
std::filesystem::path key_file(const po::variables_map& values);

// Errors: those of Workspace::open.
Result<workspace::Workspace> open_workspace(const po::variables_map& values, store::Access access);

}  // namespace bidui::cli
