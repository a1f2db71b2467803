// `bidui report`: the report of a run, written again from what the store keeps of it.
#pragma once

#include <filesystem>
#include <string_view>

#include "connectors/report/report.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// The report as it was when the run was made, whatever has come since. kNotFound where there is no
// such run, or it kept no report.
Result<connectors::report::ReportData> load_report(const store::Store& store,
                                                   std::string_view run_id);

// Writes it into `folder`, which is created.
Status report_run(const Workspace& workspace, std::string_view run_id,
                  const std::filesystem::path& folder,
                  const connectors::report::ReportOptions& options);

}  // namespace bidui::workspace
