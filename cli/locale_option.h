// --locale zh|en: the language of what a command writes, where it may differ from the messages'.
#pragma once

#include <optional>

#include "cli/options.h"
#include "connectors/report/words.h"

namespace bidui::cli {

void add_locale_option(CommandLine& line);

// By default the language of the messages. Nothing, with `status`, where it is neither zh nor en.
std::optional<connectors::report::Locale> wanted_locale(const CommandLine& line,
                                                        const po::variables_map& values,
                                                        int& status);

}  // namespace bidui::cli
