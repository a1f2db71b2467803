#include "workspace/pair_evidence.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <tbb/parallel_for.h>

#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

Result<model::Model> find_model(const ExplainedPair& pair, std::string& name) {
  Result<RunModels> models = load_models(pair.workspace->store());
  BIDUI_TRY(models);
  name = pair.to_spine() ? pair.other_source().instance : std::string(kAmongSources);
  if (const model::Model* const kept = models->find(name)) return *kept;
  name = "default";
  constexpr double kRecords = 1e6;
  return model::default_model({}, kRecords, kRecords);
}

std::uint64_t count_name(std::span<const std::byte> features, std::uint32_t wanted) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < features.size(); at += sizeof(record::PersonFeatures)) {
    std::uint32_t hash = 0;
    std::memcpy(&hash, features.data() + at + offsetof(record::PersonFeatures, name_hash),
                sizeof(hash));
    if (hash == wanted) ++count;
  }
  return count;
}

// As the linker counts: both sides together, without the civil registry among sources.
Status count_bearers(const ExplainedPair& pair, PairEvidence& evidence) {
  constexpr std::size_t kParts = 4;
  const store::Store& store = pair.workspace->store();
  std::atomic<std::uint64_t> bearers = 0;
  const std::span<const RunSource> sources = pair.reader->sources();
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (!pair.to_spine() && s == pair.spine()) continue;
    for (const store::DeliveryInfo& delivery : sources[s].deliveries) {
      evidence.compared += delivery.record_count;
      const auto ranges = store.split_rows(delivery.id, kParts);
      BIDUI_TRY(ranges);
      std::vector<Status> results(ranges->size());
      tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
        results[r] = store.scan_features(delivery.id, (*ranges)[r],
                                         [&](std::uint32_t, std::span<const std::byte> bytes) {
                                           bearers += count_name(bytes, pair.first().name_hash);
                                         });
      });
      for (const Status& status : results) BIDUI_TRY(status);
    }
  }
  evidence.bearers = bearers;
  return {};
}

}  // namespace

Result<PairEvidence> pair_evidence(const ExplainedPair& pair) {
  PairEvidence evidence;
  const Result<model::Model> model = find_model(pair, evidence.model);
  BIDUI_TRY(model);
  const model::Scorer scorer(*model);
  evidence.vector = compare::compare_records({}, {&pair.first(), {}}, {&pair.second(), {}});
  double frequency = 0;
  if (compare::level_at(evidence.vector, static_cast<int>(Comparison::kName)) ==
      static_cast<int>(compare::NameLevel::kExact)) {
    BIDUI_TRY(count_bearers(pair, evidence));
    frequency = static_cast<double>(std::max<std::uint64_t>(evidence.bearers, 2)) /
                static_cast<double>(std::max<std::uint64_t>(evidence.compared, 2));
  }
  evidence.summands = model::summands_of(scorer, evidence.vector, frequency);
  evidence.weight = model::sum_of(evidence.summands);
  return evidence;
}

}  // namespace bidui::workspace
