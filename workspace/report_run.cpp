#include "workspace/report_run.h"

#include "workspace/report_codec.h"
#include "workspace/report_model.h"

namespace bidui::workspace {

Result<connectors::report::ReportData> load_report(const store::Store& store,
                                                   std::string_view run_id) {
  const Result<std::string> bytes = store.read_artefact(run_id, kReportArtefact);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
    return make_error(ErrorCode::kNotFound,
                      "there is no such run, or it kept no report; compare again",
                      std::string(run_id));
  }
  BIDUI_TRY(bytes);
  return decode_report(*bytes);
}

Status report_run(const Workspace& workspace, std::string_view run_id,
                  const std::filesystem::path& folder,
                  const connectors::report::ReportOptions& options) {
  const Result<connectors::report::ReportData> data = load_report(workspace.store(), run_id);
  BIDUI_TRY(data);
  return connectors::report::write_report(*data, folder, options);
}

}  // namespace bidui::workspace
