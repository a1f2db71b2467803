#include "workspace/report_run.h"

#include "matcher/base/bilingual_error.h"
#include "workspace/english_report.h"
#include "workspace/flag_progress.h"
#include "workspace/report_codec.h"
#include "workspace/report_errors.h"
#include "workspace/report_marks.h"
#include "workspace/review_estimate.h"
#include "workspace/rule_files.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {

Result<connectors::report::ReportData> load_report(const store::Store& store,
                                                   std::string_view run_id) {
  const Result<std::string> bytes = store.read_artefact(run_id, kReportArtefact);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
    return bilingual_error(
        ErrorCode::kNotFound, "没有这次比对，或它没有留下报告；请重新运行 bidui compare",
        "there is no such run, or it kept no report; run bidui compare again", std::string(run_id));
  }
  BIDUI_TRY(bytes);
  Result<connectors::report::ReportData> data = decode_report(*bytes);
  BIDUI_TRY(data);
  const Result<std::vector<link::ReviewedStratum>> strata = reviewed_strata(store, run_id);
  BIDUI_TRY(strata);
  if (strata->empty()) return data;
  const Result<std::string> sheet_bytes = store.read_artefact(run_id, kErrorSheetArtefact);
  BIDUI_TRY(sheet_bytes);
  const Result<ErrorSheet> sheet = decode_error_sheet(*sheet_bytes);
  BIDUI_TRY(sheet);
  apply_review(*sheet, *strata, *data);
  return data;
}

Status add_progress(const Workspace& workspace, std::string_view today,
                    connectors::report::ReportData& data) {
  const Result<FlagDispositions> dispositions = load_dispositions(workspace.store());
  BIDUI_TRY(dispositions);
  if (dispositions->empty()) return {};
  Result<connectors::report::FlagProgress> progress = flag_progress(workspace, {}, today);
  BIDUI_TRY(progress);
  data.progress = std::move(*progress);
  return {};
}

Status report_run(const Workspace& workspace, std::string_view run_id, std::string_view today,
                  const std::filesystem::path& folder,
                  const connectors::report::ReportOptions& options) {
  Result<connectors::report::ReportData> data = load_report(workspace.store(), run_id);
  BIDUI_TRY(data);
  BIDUI_TRY(add_progress(workspace, today, *data));
  const Result<std::vector<FlagState>> flags = load_flag_states(workspace.store());
  BIDUI_TRY(flags);
  BIDUI_TRY(add_marks(workspace.store(), *flags, *data));
  if (options.locale == connectors::report::Locale::kEnglish) {
    const Result<std::vector<rule::Rule>> rules = rules_of_run(workspace.store(), run_id);
    BIDUI_TRY(rules);
    put_in_english(*rules, workspace.schemas(), *data);
  }
  return connectors::report::write_report(*data, folder, options);
}

}  // namespace bidui::workspace
