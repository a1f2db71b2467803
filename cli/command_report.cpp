#include "cli/command_report.h"

#include <fmt/format.h>

#include "cli/export_note.h"
#include "cli/locale_option.h"
#include "cli/options.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/local_time.h"
#include "workspace/report_run.h"

namespace bidui::cli {
namespace {

// The run that was asked for, or the newest. "" where there is none.
Result<std::string> wanted_run(const po::variables_map& values,
                               const workspace::Workspace& workspace) {
  if (values.count("run") != 0) return values["run"].as<std::string>();
  const auto runs = workspace.store().runs();
  BIDUI_TRY(runs);
  if (runs->empty()) {
    return bilingual_error(ErrorCode::kNotFound, "还没有比对过，请先运行 bidui compare",
                           "nothing was compared yet: run bidui compare first");
  }
  return runs->back().id;
}

}  // namespace

int run_report(const Arguments& arguments) {
  const auto [part, rest] = part_argument(arguments);
  if (part == "household") return run_check_report(rest);
  if (part == "verify") return run_verify_report(rest);
  CommandLine line{.usage =
                       "bidui report -w DIR [RUN] [--out DIR] [--locale zh|en]\n"
                       "      bidui report household|verify --help"};
  add_workspace_options(line);
  add_option(line, "out", po::value<std::string>()->value_name("DIR"),
             say("写到哪里，默认为工作区的 reports/RUN",
                 "where to; default: reports/RUN of the workspace"));
  add_locale_option(line);
  line.hidden.add_options()("run", po::value<std::string>());
  line.positional.add("run", 1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const Result<std::string> run = wanted_run(*values, *workspace);
  if (!run) return fail(run.error());
  const std::filesystem::path folder =
      values->count("out") != 0 ? std::filesystem::path((*values)["out"].as<std::string>())
                                : workspace->reports() / *run;
  if (const Status written = workspace::report_run(*workspace, *run, workspace::local_day(), folder,
                                                   {.locale = *locale});
      !written) {
    return fail(written.error());
  }
  status = note_export(*workspace, folder, {.kind = "report", .run = *run});
  if (status != kDone) return status;
  fmt::print(output(), "{} {}\n", say("结果写入", "written to"), folder.string());
  return kDone;
}

}  // namespace bidui::cli
