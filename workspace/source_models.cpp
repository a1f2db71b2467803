#include "workspace/source_models.h"

namespace bidui::workspace {

std::vector<TrainingDelivery> training_deliveries(std::span<const RunSource> sources) {
  std::vector<TrainingDelivery> deliveries;
  for (const RunSource& source : sources) {
    for (const store::DeliveryInfo& d : source.deliveries)
      deliveries.push_back({d.instance, d.coverage, d.as_of, d.content_hash, d.record_count});
  }
  return deliveries;
}

namespace {

// A new source's model was trained on its own deliveries and the spine's.
std::vector<TrainingDelivery> training_deliveries(std::span<const RunSource> sources,
                                                  std::size_t source) {
  std::vector<TrainingDelivery> deliveries = training_deliveries(sources.subspan(source, 1));
  const std::vector<TrainingDelivery> spine = training_deliveries(sources.last(1));
  deliveries.insert(deliveries.end(), spine.begin(), spine.end());
  return deliveries;
}

}  // namespace

void keep_models(const link::ScoredPairs& scored, std::span<const RunSource> sources,
                 RunModels& models) {
  for (std::size_t s = 0; s < scored.models.size(); ++s) {
    if (sources[s].rows() == 0 || models.find(sources[s].instance) != nullptr) continue;
    models.models.push_back(
        {sources[s].instance, scored.models[s], training_deliveries(sources, s)});
  }
  // Without a source beside the spine nothing is trained yet, and nothing frozen.
  if (models.tables == nullptr && !models.empty()) {
    models.tables = scored.tables;
    models.counted_on = training_deliveries(sources);
  }
}

std::vector<std::optional<model::Model>> given_models(std::span<const RunSource> sources,
                                                      const RunModels& models) {
  std::vector<std::optional<model::Model>> given;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const model::Model* const model = models.find(sources[s].instance);
    if (model != nullptr) {
      given.emplace_back(*model);
    } else if (sources[s].rows() == 0) {
      given.emplace_back(model::Model{});
    } else {
      given.emplace_back(std::nullopt);
    }
  }
  return given;
}

}  // namespace bidui::workspace
