#include "cli/workspace_option.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "cli/command_socket.h"
#include "cli/invocation.h"

namespace bidui::cli {

void add_workspace_options(CommandLine& line) {
  add_option(line, "workspace,w", po::value<std::string>()->required()->value_name("DIR"),
             say("工作区目录", "directory of the workspace"));
  add_option(line, "key-file", po::value<std::string>()->default_value("")->value_name("FILE"),
             say("密钥文件，默认为目录旁的 DIR.key", "key file, by default DIR.key beside DIR"));
}

PartArgument part_argument(const Arguments& arguments) {
  constexpr std::array<std::string_view, 3> kWithValue = {"-w", "--workspace", "--key-file"};
  std::size_t at = 0;
  while (at < arguments.size() && arguments[at].starts_with('-'))
    at += std::ranges::find(kWithValue, arguments[at]) != kWithValue.end() ? 2 : 1;
  PartArgument found{.rest = arguments};
  if (at >= arguments.size()) return found;
  found.part = arguments[at];
  found.rest.erase(found.rest.begin() + static_cast<std::ptrdiff_t>(at));
  return found;
}

std::filesystem::path workspace_directory(const po::variables_map& values) {
  return values["workspace"].as<std::string>();
}

std::filesystem::path key_file(const po::variables_map& values) {
  return values["key-file"].as<std::string>();
}

Result<workspace::Workspace> open_workspace(const po::variables_map& values, store::Access access) {
  const std::filesystem::path directory = workspace_directory(values);
  std::error_code ignored;
  const workspace::Workspace* const hosted = invocation().hosted;
  if (hosted != nullptr && std::filesystem::equivalent(hosted->directory(), directory, ignored))
    return *hosted;
  if (hosted == nullptr && access == store::Access::kReadWrite)
    if (const std::optional<int> status = hand_over_command(directory)) std::exit(*status);
  return workspace::Workspace::open(directory, access, key_file(values));
}

}  // namespace bidui::cli
