#include "cli/workspace_option.h"

namespace bidui::cli {

void add_workspace_options(CommandLine& line) {
  add_option(line, "workspace,w", po::value<std::string>()->required()->value_name("DIR"),
             say("工作区目录", "directory of the workspace"));
  add_option(line, "key-file", po::value<std::string>()->default_value("")->value_name("FILE"),
             say("密钥文件，默认为目录旁的 DIR.key", "key file, by default DIR.key beside DIR"));
}

std::filesystem::path workspace_directory(const po::variables_map& values) {
  return values["workspace"].as<std::string>();
}

std::filesystem::path key_file(const po::variables_map& values) {
  return values["key-file"].as<std::string>();
}

Result<workspace::Workspace> open_workspace(const po::variables_map& values, store::Access access) {
  return workspace::Workspace::open(workspace_directory(values), access, key_file(values));
}

}  // namespace bidui::cli
