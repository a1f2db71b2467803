// What look-ups share: the current deliveries, the newest run, the models and the rules' words, as
// they were at one moment. A look-up sees one snapshot from beginning to end, whatever is imported
// or compared meanwhile.
#pragma once

#include <memory>
#include <optional>

#include "matcher/base/result.h"
#include "workspace/kept_run.h"
#include "workspace/lineage.h"
#include "workspace/record_reader.h"
#include "workspace/run_models.h"
#include "workspace/shown_flag.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Immutable: any number of threads may share it. The workspace must outlive it.
class LookupSnapshot {
 public:
  enum class For : std::uint8_t {
    kOne,   // reads what one look-up needs, when it is needed
    kMany,  // keeps the run in memory (KeptRun::hold), the rules and the lineage
  };
  // Errors: those of the store.
  static Result<LookupSnapshot> take(const Workspace& workspace, For purpose);

  const Workspace& workspace() const { return *workspace_; }
  // Has read nothing yet; for one look-up.
  RecordReader reader() const { return reader_.fresh(); }
  // nullptr where nothing was compared yet.
  const KeptRun* run() const { return run_ ? &*run_ : nullptr; }
  // By which people who fit a query are ranked.
  const model::Model& model() const { return model_; }
  FlagReader flag_reader() const;
  // Of the run; empty where there is none.
  Result<Lineage> lineage() const;

 private:
  LookupSnapshot(const Workspace& workspace, RecordReader reader, std::optional<KeptRun> run,
                 model::Model model)
      : workspace_(&workspace),
        reader_(std::move(reader)),
        run_(std::move(run)),
        model_(std::move(model)) {}

  const Workspace* workspace_;
  RecordReader reader_;
  std::optional<KeptRun> run_;
  model::Model model_;
  std::shared_ptr<const Rules> rules_;
  std::optional<Lineage> lineage_;
};

}  // namespace bidui::workspace
