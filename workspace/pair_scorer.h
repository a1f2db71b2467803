// Weighs two records as the run weighs them: the model of their sources, and how common their names
// are.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "matcher/link/frequency_tables.h"
#include "matcher/model/summands.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

class PairScorer {
 public:
  // Errors: those of the store; kBadInput and kCorrupt for unreadable models.
  static Result<PairScorer> open(const ExplainedPair& pair);

  // Whose model: "poverty", "among_sources"; "default" before the first comparison.
  const std::string& model_name() const { return model_name_; }
  // Records of both sides when the names were counted; 0 where they were not yet.
  std::uint64_t compared() const;
  // Of these the records with this name (link::ValueTable); 0 where they were not counted.
  std::uint64_t bearers(std::uint32_t name_hash) const;

  // Of two loaded records in any order; the first by source has one of the pair's names where the
  // names are equal. Errors: those of the store.
  Result<std::vector<model::Summand>> summands(RecordReader& reader, RecordPlace one,
                                               RecordPlace other) const;

 private:
  PairScorer(const model::Model& model, std::string name)
      : scorer_(model), model_name_(std::move(name)) {}

  model::Scorer scorer_;
  std::string model_name_;
  std::shared_ptr<const link::FrequencyTables> tables_{};
  bool to_spine_ = true;
};

}  // namespace bidui::workspace
