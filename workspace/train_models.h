// `bidui model train`: the one way by which the kept models and frequency tables change.
#pragma once

#include <filesystem>

#include "workspace/progress.h"
#include "workspace/run_models.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Trains on the current deliveries as of `as_of` at the latest ("" = any), and keeps the result.
// kBadInput without deliveries; the errors of the store.
Result<RunModels> train_models(Workspace& workspace, const std::string& as_of,
                               const Progress& progress = {});

// Keeps the models of a file (read_models) in place of any others.
Result<RunModels> adopt_models(Workspace& workspace, const std::filesystem::path& file);

// What a comparison is to use: the kept models; where there are none yet, those of `file` ("" =
// none: it trains). kConflict where `file` holds others than those that are kept.
Result<RunModels> models_to_use(const Workspace& workspace, const std::filesystem::path& file);

}  // namespace bidui::workspace
