#include "cli/list_options.h"

namespace bidui::cli {

std::pair<std::string, std::string> two_fields(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos) return {text, text};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::optional<std::vector<workspace::RowFilter>> row_filters(
    const std::vector<std::string>& texts) {
  std::vector<workspace::RowFilter> filters;
  for (const std::string& text : texts) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0) return std::nullopt;
    filters.push_back({text.substr(0, at), text.substr(at + 1)});
  }
  return filters;
}

void add_limit_option(CommandLine& line, std::string_view description) {
  add_option(line, "limit", po::value<std::size_t>()->default_value(20)->value_name("N"),
             description);
}

std::size_t wanted_limit(const po::variables_map& values) {
  const po::variable_value& limit = values["limit"];
  return values.count("json") != 0 && limit.defaulted() ? 0 : limit.as<std::size_t>();
}

void add_repeated_option(CommandLine& line, const char* name, const char* value,
                         std::string_view description) {
  add_option(line, name, po::value<std::vector<std::string>>()->composing()->value_name(value),
             description);
}

std::vector<std::string> repeated(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return {};
  return values[name].as<std::vector<std::string>>();
}

void add_text_option(CommandLine& line, const char* name, const char* value, const char* otherwise,
                     std::string_view description) {
  add_option(line, name, po::value<std::string>()->default_value(otherwise)->value_name(value),
             description);
}

const std::string& text_value(const po::variables_map& values, const char* name) {
  return values[name].as<std::string>();
}

}  // namespace bidui::cli
