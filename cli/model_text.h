// The models of a workspace as a person reads them.
#pragma once

#include <string>
#include <string_view>

#include "workspace/run_models.h"

namespace bidui::cli {

// What they were trained on, their priors, whether the estimation converged; then the levels of
// each model, or of that of `source` only.
std::string model_text(const workspace::RunModels& models, std::string_view source);

}  // namespace bidui::cli
