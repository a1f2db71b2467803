// Options that say which rows of a list count, and how its fields are called.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "workspace/listed_source.h"

namespace bidui::cli {

// "FIELD" for both lists, or "FIELD=FIELD".
std::pair<std::string, std::string> two_fields(const std::string& text);

// "FIELD=VALUE" each; nothing where one is not written so.
std::optional<std::vector<workspace::RowFilter>> row_filters(const std::vector<std::string>& texts);

// --limit N, by default 20; as JSON everything, where it is not given. 0 is everything.
void add_limit_option(CommandLine& line, std::string_view description);
std::size_t wanted_limit(const po::variables_map& values);

// Adds an option that may be given several times.
void add_repeated_option(CommandLine& line, const char* name, const char* value,
                         std::string_view description);
std::vector<std::string> repeated(const po::variables_map& values, const char* name);

// A text option with a default.
void add_text_option(CommandLine& line, const char* name, const char* value, const char* otherwise,
                     std::string_view description);
const std::string& text_value(const po::variables_map& values, const char* name);

}  // namespace bidui::cli
