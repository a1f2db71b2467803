#include "cli/reveal_option.h"

#include <chrono>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "workspace/reveal_log.h"

namespace bidui::cli {
namespace {

std::string now() {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", seconds);
}

// Whether `file` lies in the workspace's directory, where nothing in full belongs.
bool is_inside(const std::filesystem::path& file, const std::string& directory) {
  const auto inside = std::filesystem::weakly_canonical(file).lexically_relative(
      std::filesystem::weakly_canonical(directory));
  return !inside.empty() && *inside.begin() != "..";
}

}  // namespace

std::optional<bool> wanted_reveal(const CommandLine& line, const po::variables_map& values,
                                  const std::string& file, int& status) {
  if (values["reveal"].as<std::string>().empty()) return false;
  if (values["as"].as<std::string>().empty()) {
    status = wrong_usage(line, say("导出明文须用 --as 写明何人", "say who reveals with --as"));
    return std::nullopt;
  }
  if (is_inside(file, values["workspace"].as<std::string>())) {
    status =
        wrong_usage(line, say("明文不得写入工作区目录，请换一个位置",
                              "values in full must not lie in the workspace: name another place"));
    return std::nullopt;
  }
  return true;
}

Status log_wanted_reveal(workspace::Workspace& workspace, const po::variables_map& values,
                         std::string what, std::size_t records) {
  return workspace::log_reveal(workspace.store(), {.at = now(),
                                                   .by = values["as"].as<std::string>(),
                                                   .reason = values["reveal"].as<std::string>(),
                                                   .what = std::move(what),
                                                   .records = records});
}

}  // namespace bidui::cli
