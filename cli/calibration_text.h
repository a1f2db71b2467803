// A calibration and what it would change, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "workspace/review_preview.h"

namespace bidui::cli {

// `kept`: comparisons use it from now on.
std::string calibration_text(const workspace::KeptCalibration& calibration,
                             const std::vector<workspace::ChangedPairs>& changes, bool kept);
std::string calibration_json(const workspace::KeptCalibration& calibration,
                             const std::vector<workspace::ChangedPairs>& changes, bool kept);

// "样本 S0001（比对 R0001），王、李复核，300 个判断": whose review it is.
std::string calibration_origin(const workspace::KeptCalibration& calibration);

}  // namespace bidui::cli
