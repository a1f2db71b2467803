#include "workspace/lookup_snapshot.h"

#include <utility>

#include "workspace/rule_files.h"

namespace bidui::workspace {

Result<LookupSnapshot> LookupSnapshot::take(const Workspace& workspace, For purpose) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  Result<std::optional<KeptRun>> run = KeptRun::newest(workspace.store());
  BIDUI_TRY(run);
  const Result<RunModels> models = load_models(workspace.store());
  BIDUI_TRY(models);
  const model::Model* const kept = models->find(kAmongSources);
  constexpr double kRecords = 1e6;
  LookupSnapshot snapshot(workspace, std::move(*reader), std::move(*run),
                          kept != nullptr ? *kept : model::default_model({}, kRecords, kRecords));
  if (purpose == For::kOne || !snapshot.run_) return snapshot;
  BIDUI_TRY(snapshot.run_->hold());
  Result<Rules> rules = rules_in_force(workspace.store());
  BIDUI_TRY(rules);
  snapshot.rules_ = std::make_shared<const Rules>(std::move(*rules));
  Result<Lineage> lineage = load_lineage(workspace.store(), snapshot.run_->id());
  BIDUI_TRY(lineage);
  snapshot.lineage_ = std::move(*lineage);
  return snapshot;
}

FlagReader LookupSnapshot::flag_reader() const {
  return rules_ != nullptr ? FlagReader(rules_) : FlagReader(workspace_->store());
}

Result<Lineage> LookupSnapshot::lineage() const {
  if (lineage_) return *lineage_;
  return run_ ? load_lineage(workspace_->store(), run_->id()) : Lineage{};
}

}  // namespace bidui::workspace
