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

// What was done about the flags until `today`; nothing where nothing was.
Status add_progress(const Workspace& workspace, std::string_view today,
                    connectors::report::ReportData& data);

// Writes it into `folder`, which is created, with what was done about the flags until `today`.
Status report_run(const Workspace& workspace, std::string_view run_id, std::string_view today,
                  const std::filesystem::path& folder,
                  const connectors::report::ReportOptions& options);

}  // namespace bidui::workspace
