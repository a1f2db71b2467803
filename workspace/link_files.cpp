#include "workspace/link_files.h"

#include "workspace/run_models.h"

namespace bidui::workspace {

Result<LinkFilesReport> link_files(const LinkFilesOptions& options, const Progress& progress) {
  Result<LinkFilesReport> report = options.right.empty() ? deduplicate_file(options, progress)
                                                         : link_two_files(options, progress);
  BIDUI_TRY(report);
  report->false_link_rate = options.false_link_rate;
  if (options.save_model) {
    RunModels models;
    models.models.push_back({.name = std::string(kFilesModel), .model = report->model});
    models.tables = report->tables;
    BIDUI_TRY(write_models(*options.save_model, models));
  }
  return report;
}

}  // namespace bidui::workspace
