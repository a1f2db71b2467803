#include "workspace/pair_scorer.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <tbb/parallel_for.h>

#include "workspace/compare.h"
#include "workspace/run_vector.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

std::uint32_t name_hash_at(std::span<const std::byte> features, std::size_t at) {
  std::uint32_t hash = 0;
  std::memcpy(&hash, features.data() + at + offsetof(record::PersonFeatures, name_hash),
              sizeof(hash));
  return hash;
}

}  // namespace

Result<PairScorer> PairScorer::open(const ExplainedPair& pair) {
  Result<RunModels> models = load_models(pair.workspace->store());
  BIDUI_TRY(models);
  const std::string name =
      pair.to_spine() ? pair.other_source().instance : std::string(kAmongSources);
  const model::Model* const kept = models->find(name);
  constexpr double kRecords = 1e6;
  PairScorer scorer = kept != nullptr
                          ? PairScorer(*kept, name)
                          : PairScorer(model::default_model({}, kRecords, kRecords), "default");
  scorer.names_[0].hash = pair.first().name_hash;
  scorer.names_[1].hash = pair.second().name_hash;
  BIDUI_TRY(scorer.count_names(pair));
  return scorer;
}

// As the linker counts: both sides together, without the civil registry among sources.
Status PairScorer::count_names(const ExplainedPair& pair) {
  constexpr std::size_t kParts = 4;
  const store::Store& store = pair.workspace->store();
  std::array<std::atomic<std::uint64_t>, 2> counts{};
  const std::span<const RunSource> sources = pair.reader->sources();
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (!pair.to_spine() && s == pair.spine()) continue;
    for (const store::DeliveryInfo& delivery : sources[s].deliveries) {
      compared_ += delivery.record_count;
      const auto ranges = store.split_rows(delivery.id, kParts);
      BIDUI_TRY(ranges);
      std::vector<Status> results(ranges->size());
      tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
        results[r] = store.scan_features(
            delivery.id, (*ranges)[r], [&](std::uint32_t, std::span<const std::byte> bytes) {
              for (std::size_t at = 0; at < bytes.size(); at += sizeof(record::PersonFeatures)) {
                const std::uint32_t hash = name_hash_at(bytes, at);
                for (std::size_t n = 0; n < names_.size(); ++n) {
                  if (hash == names_[n].hash) ++counts[n];
                }
              }
            });
      });
      for (const Status& status : results) BIDUI_TRY(status);
    }
  }
  for (std::size_t n = 0; n < names_.size(); ++n) names_[n].bearers = counts[n];
  return {};
}

std::uint64_t PairScorer::bearers(std::uint32_t name_hash) const {
  const auto at = std::ranges::find(names_, name_hash, &NameCount::hash);
  return at == names_.end() || name_hash == 0 ? 0 : at->bearers;
}

Result<std::vector<model::Summand>> PairScorer::summands(RecordReader& reader, RecordPlace one,
                                                         RecordPlace other) const {
  const Result<RunVector> compared = run_vector(reader, std::min(one, other), std::max(one, other));
  BIDUI_TRY(compared);
  const bool same_name = compare::level_at(compared->vector, static_cast<int>(Comparison::kName)) ==
                         static_cast<int>(compare::NameLevel::kExact);
  const std::uint32_t name = reader.at(std::min(one, other)).features().name_hash;
  const double frequency = same_name
                               ? static_cast<double>(std::max<std::uint64_t>(bearers(name), 2)) /
                                     static_cast<double>(std::max<std::uint64_t>(compared_, 2))
                               : 0;
  return model::summands_of(scorer_, compared->vector, frequency, compared->unheld);
}

}  // namespace bidui::workspace
