#include "workspace/pair_scorer.h"

#include <algorithm>

#include "workspace/compare.h"
#include "workspace/run_vector.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

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
  scorer.tables_ = models->tables;
  scorer.to_spine_ = pair.to_spine();
  return scorer;
}

std::uint64_t PairScorer::compared() const {
  if (tables_ == nullptr) return 0;
  const link::NameTable& names = tables_->names;
  return names.left_records() + (to_spine_ ? names.right_records() : 0);
}

std::uint64_t PairScorer::bearers(std::uint32_t name_hash) const {
  if (tables_ == nullptr || name_hash == 0) return 0;
  const link::NameCount count = tables_->names.find(name_hash);
  return count.left + (to_spine_ ? count.right : 0);
}

double PairScorer::name_share(std::uint32_t name_hash) const {
  if (tables_ == nullptr) return 0;
  return to_spine_ ? tables_->names.share(name_hash) : tables_->names.left_share(name_hash);
}

Result<std::vector<model::Summand>> PairScorer::summands(RecordReader& reader, RecordPlace one,
                                                         RecordPlace other) const {
  const Result<RunVector> compared = run_vector(reader, std::min(one, other), std::max(one, other));
  BIDUI_TRY(compared);
  const bool same_name = compare::level_at(compared->vector, static_cast<int>(Comparison::kName)) ==
                         static_cast<int>(compare::NameLevel::kExact);
  const std::uint32_t name = reader.at(std::min(one, other)).features().name_hash;
  const double frequency = same_name ? name_share(name) : 0;
  return model::summands_of(scorer_, compared->vector, frequency, compared->unheld);
}

}  // namespace bidui::workspace
