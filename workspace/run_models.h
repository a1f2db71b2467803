// The models of a workspace and their frequency tables: trained by the first comparison, kept, and
// changed by `bidui model train` only (contracts §6).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/link/frequency_tables.h"
#include "matcher/model/calibration.h"
#include "matcher/model/model.h"
#include "store/store.h"

namespace bidui::workspace {

inline constexpr std::string_view kAmongSources = "among_sources";

// What a model was trained on, or tables were counted on.
struct TrainingDelivery {
  std::string source{};
  std::string coverage{};
  std::string as_of{};
  std::string content_hash{};
  std::uint64_t records = 0;
};

struct RunModel {
  std::string name{};  // a source's instance, or kAmongSources
  model::Model model{};
  std::vector<TrainingDelivery> trained_on{};  // empty: not known
};

// A run fills what is missing: a model per source that has records besides the spine, one among
// sources, and the tables.
struct RunModels {
  std::vector<RunModel> models{};
  std::shared_ptr<const link::FrequencyTables> tables{};  // null: not counted yet
  std::vector<TrainingDelivery> counted_on{};             // the tables
  model::Calibration calibration{};  // of all weights, by reviewed pairs (review_refit.h)

  bool empty() const { return models.empty(); }
  const model::Model* find(std::string_view name) const;
};

// One readable JSON object (docs/format/model.md). It names the tables, and does not hold them.
std::string models_json(const RunModels& models);
// 16 hexadecimal digits: of what models_json() gives.
std::string models_hash(const RunModels& models);

// The models kept in the workspace; empty if there are none yet. kCorrupt.
Result<RunModels> load_models(const store::Store& store);
Status save_models(store::Store& store, const RunModels& models);

// The same in two files: FILE is models_json(), FILE.tables the tables it names. Without the second
// file a run counts tables of its own. kNotFound, kBadInput, kIo.
Result<RunModels> read_models(const std::filesystem::path& file);
Status write_models(const std::filesystem::path& file, const RunModels& models);

}  // namespace bidui::workspace
