// --reveal REASON and who reveals: names and numbers in full, in a file outside the workspace, with
// an entry in the log of reveals.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/options.h"
#include "workspace/record_reader.h"
#include "workspace/reveal_log.h"
#include "workspace/workspace.h"

namespace bidui::cli {

// --masked and --reveal.
void add_reveal_options(CommandLine& line);
// The same and --reveal-by, where nothing else says who works.
void add_reveal_by_options(CommandLine& line);

// Who reveals why, now; without a reason where all stays masked. `by`: the option that names who.
// Nothing, with `status`, where the name is missing or `file` lies in the workspace.
std::optional<workspace::Reveal> wanted_reveal(const CommandLine& line,
                                               const po::variables_map& values, const char* by,
                                               const std::filesystem::path& file, int& status);

// The workspace of an export: to be written where something is to be noted.
Result<workspace::Workspace> open_for_export(const po::variables_map& values,
                                             const workspace::Reveal& reveal);
workspace::Values values_of(const workspace::Reveal& reveal);

// Notes it in the log, before the values leave; nothing where all stays masked.
Status note_reveal(store::Store& store, workspace::Reveal reveal, std::string what,
                   std::size_t records);

}  // namespace bidui::cli
