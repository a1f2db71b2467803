// The models that a comparison goes by: those that are frozen, and those that it trains.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "matcher/link/linker.h"
#include "workspace/run_models.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

// Of each source but the spine its model; none where it has records and no model yet: train one.
std::vector<std::optional<model::Model>> given_models(std::span<const RunSource> sources,
                                                      const RunModels& models);

// What the frequency tables of a comparison were counted on.
std::vector<TrainingDelivery> training_deliveries(std::span<const RunSource> sources);

// Adds the models that were trained for sources without one, and the tables where there were none.
void keep_models(const link::ScoredPairs& scored, std::span<const RunSource> sources,
                 RunModels& models);

}  // namespace bidui::workspace
