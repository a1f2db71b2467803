// Thresholds refitted by reviewed pairs: a calibration of the weights, kept with the workspace's
// models, used by the next comparisons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/model/calibration.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// A calibration and where it comes from.
struct KeptCalibration {
  model::Calibration line{};
  std::string run{};
  std::string sample{};
  std::vector<std::string> reviewers{};
  std::size_t answers = 0;
};

// Fits the calibration to the answers of a sample ("": the newest). kBadInput with fewer than
// kLeastAnswers that count; kConflict where the sample's run was itself made with a calibration:
// its weights are not the model's.
inline constexpr std::size_t kLeastAnswers = 50;
Result<KeptCalibration> refit(const store::Store& store, const std::string& sample);

// Keeps it; comparisons from now on use it.
Status keep_calibration(Workspace& workspace, const KeptCalibration& calibration);

// Back to the model's own weights.
Status forget_calibration(Workspace& workspace);

// nullopt where there is none.
Result<std::optional<KeptCalibration>> load_calibration(const store::Store& store);

// As it stands in the store and in summary.json.
std::string calibration_json(const KeptCalibration& calibration);

}  // namespace bidui::workspace
