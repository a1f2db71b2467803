// Parsing of a command's arguments, with --help and errors the same everywhere.
#pragma once

#include <boost/program_options.hpp>
#include <optional>
#include <string_view>

#include "cli/command.h"
#include "cli/console.h"

namespace bidui::cli {

namespace po = boost::program_options;

struct CommandLine {
  std::string_view usage;  // "bidui link LEFT [RIGHT] --out FILE"
  po::options_description options{};
  po::options_description hidden{};  // positional arguments
  po::positional_options_description positional{};
};

// The parsed values; nothing when the command is to end now (help was printed, or usage was wrong)
// with `status`.
std::optional<po::variables_map> parse(CommandLine& line, const Arguments& arguments, int& status);

}  // namespace bidui::cli
