// The options that choose flags, the same for listing and for what is done about many at once.
#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "workspace/shown_flag.h"

namespace bidui::cli {

void add_flag_filter_options(CommandLine& line);

// The filter, without a limit; nothing, with `status`, where a word is unknown.
std::optional<workspace::FlagFilter> flag_filter(const CommandLine& line,
                                                 const po::variables_map& values, int& status);
// Whether any of the options was given.
bool filters_flags(const po::variables_map& values);

// Says how many a cap left as they are, and why; nothing of none.
void print_beyond_cap(const workspace::BeyondCap& beyond);

// Says on standard error that nothing was found because there is no such place, and what may have
// been meant.
void print_unknown(const workspace::UnknownPlace& place);

// A day "YYYY-MM-DD" of an option; nothing, with `status`, where it is none.
std::optional<flag::DayNumber> day_option(const CommandLine& line, const std::string& option,
                                          const std::string& text, int& status);

}  // namespace bidui::cli
