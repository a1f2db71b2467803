#include "cli/reveal_option.h"

#include <fmt/format.h>

#include "cli/list_options.h"
#include "cli/workspace_option.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

// Whether `file` lies in the workspace's directory, where nothing in full belongs.
bool is_inside(const std::filesystem::path& file, const std::filesystem::path& directory) {
  const auto inside = std::filesystem::weakly_canonical(file).lexically_relative(
      std::filesystem::weakly_canonical(directory));
  return !inside.empty() && *inside.begin() != "..";
}

}  // namespace

void add_reveal_options(CommandLine& line) {
  add_switch(line, "masked",
             say("姓名、证件号等只显示一部分（默认）", "names and numbers masked (the default)"));
  add_text_option(line, "reveal", "REASON", "",
                  say("写出姓名、证件号等的全部，须写明理由；记入日志（bidui review reveals）",
                      "names and numbers in full; the reason is logged (bidui review reveals)"));
}

void add_reveal_by_options(CommandLine& line) {
  add_reveal_options(line);
  add_text_option(line, "reveal-by", "NAME", "", say("由谁写出全部", "who reveals them"));
}

std::optional<workspace::Reveal> wanted_reveal(const CommandLine& line,
                                               const po::variables_map& values, const char* by,
                                               const std::filesystem::path& file, int& status) {
  workspace::Reveal reveal{.at = workspace::local_time(),
                           .by = values[by].as<std::string>(),
                           .reason = values["reveal"].as<std::string>()};
  if (reveal.reason.empty()) return reveal;
  if (values.count("masked") != 0) {
    status =
        wrong_usage(line, say("--masked 与 --reveal 只能用一个", "either --masked or --reveal"));
  } else if (reveal.by.empty()) {
    status = wrong_usage(
        line,
        fmt::format(fmt::runtime(say("写出全部须用 --{} 写明何人", "say who reveals with --{}")),
                    by));
  } else if (is_inside(file, workspace_directory(values))) {
    status = wrong_usage(line, say("明文不得写入工作区目录，请换一个位置",
                                   "values in full must not lie in the workspace: name another "
                                   "place"));
  } else {
    return reveal;
  }
  return std::nullopt;
}

Result<workspace::Workspace> open_for_export(const po::variables_map& values,
                                             const workspace::Reveal& reveal) {
  return open_workspace(
      values, reveal.reason.empty() ? store::Access::kReadOnly : store::Access::kReadWrite);
}

workspace::Values values_of(const workspace::Reveal& reveal) {
  return reveal.reason.empty() ? workspace::Values::kMasked : workspace::Values::kFull;
}

Status note_reveal(store::Store& store, workspace::Reveal reveal, std::string what,
                   std::size_t records) {
  if (reveal.reason.empty()) return {};
  reveal.what = std::move(what);
  reveal.records = records;
  return workspace::log_reveal(store, reveal);
}

}  // namespace bidui::cli
