#include "workspace/pair_scorer.h"

#include <algorithm>

#include "workspace/compare.h"
#include "workspace/run_vector.h"

namespace bidui::workspace {

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
  const link::ValueTable& names = tables_->terms.names();
  return names.left_records() + (to_spine_ ? names.right_records() : 0);
}

std::uint64_t PairScorer::bearers(std::uint32_t name_hash) const {
  if (tables_ == nullptr || name_hash == 0) return 0;
  const link::ValueCount count = tables_->terms.names().find(name_hash);
  return count.left + (to_spine_ ? count.right : 0);
}

Result<std::vector<model::Summand>> PairScorer::summands(RecordReader& reader, RecordPlace one,
                                                         RecordPlace other) const {
  const Result<RunVector> compared = run_vector(reader, std::min(one, other), std::max(one, other));
  BIDUI_TRY(compared);
  const record::PersonFeatures& first = reader.at(std::min(one, other)).features();
  const record::PersonFeatures& second = reader.at(std::max(one, other)).features();
  model::TermBits terms;
  if (tables_ != nullptr) terms.person = link::person_term_bits(tables_->terms, first, !to_spine_);
  link::keep_shared_surname(terms.person, link::surname_value(first.name),
                            link::surname_value(second.name));
  return model::summands_of(scorer_, compared->vector, terms, compared->unheld);
}

}  // namespace bidui::workspace
