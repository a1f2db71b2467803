// Parsing of a command's arguments, with --help and errors the same everywhere.
#pragma once

#include <boost/program_options.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/console.h"

namespace bidui::cli {

namespace po = boost::program_options;

// Boost wraps help by bytes, which would cut a Chinese character in two: no line is that long.
inline constexpr unsigned kHelpWidth = 1000;

struct CommandLine {
  std::string_view usage;  // "bidui link LEFT [RIGHT] --out FILE"
  po::options_description options{kHelpWidth};
  po::options_description hidden{};  // positional arguments
  po::positional_options_description positional{};
};

// Adds an option "name" or "name,n"; takes ownership of `value` as Boost does.
void add_option(CommandLine& line, const char* name, const po::value_semantic* value,
                std::string_view description);
// An option without a value.
void add_switch(CommandLine& line, const char* name, std::string_view description);
// --json: the result as one JSON value on standard output.
void add_json_option(CommandLine& line);
// The words that are no options, at least one, as std::vector<std::string> under `name`.
void add_arguments(CommandLine& line, const char* name);

// The parsed values; nothing when the command is to end now (help was printed, or usage was wrong)
// with `status`.
std::optional<po::variables_map> parse(CommandLine& line, const Arguments& arguments, int& status);

// Says what is wrong and how the command is used; returns kWrongUsage.
int wrong_usage(const CommandLine& line, std::string_view message);

}  // namespace bidui::cli
