#include "cli/quality_command.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>

#include "cli/export_note.h"
#include "cli/locale_option.h"
#include "cli/quality_text.h"
#include "cli/workspace_option.h"
#include "connectors/report/quality_page.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/deliveries.h"
#include "workspace/delivery_quality.h"
#include "workspace/quality_json.h"

namespace bidui::cli {
namespace {

Status write_page(const std::string& path, const std::string& page) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(page.data(), static_cast<std::streamsize>(page.size()));
  file.close();
  if (!file) return errno_error("无法写入文件", "cannot write the file", path);
  return {};
}

}  // namespace

int show_quality(const CommandLine& line, const po::variables_map& values,
                 const std::string& name) {
  int status = kDone;
  const auto locale = wanted_locale(line, values, status);
  if (!locale) return status;
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto delivery = workspace::find_delivery(*workspace, name);
  if (!delivery) return fail(delivery.error());
  const auto limits = workspace::quality_limits(*workspace);
  if (!limits) return fail(limits.error());
  const auto report = workspace::delivery_quality(*workspace, *delivery, *limits);
  if (!report) return fail(report.error());
  if (values.count("html") != 0) {
    const std::string path = values["html"].as<std::string>();
    const Status written = write_page(path, connectors::report::quality_page(*report, *locale));
    if (!written) return fail(written.error());
    status = note_export(*workspace, path, {.kind = "quality", .deliveries = {*delivery}});
    if (status != kDone) return status;
    if (values.count("json") == 0) {
      fmt::print(output(), "{} {}\n", say("写入", "written to"), path);
      return kDone;
    }
  }
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", boost::json::serialize(workspace::quality_json(*report)));
  } else {
    fmt::print(output(), "{}", quality_text(*report));
  }
  return kDone;
}

}  // namespace bidui::cli
