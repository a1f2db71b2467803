// Weighs two records as the run weighs them: the model of their sources, and how common their names
// are.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "matcher/model/summands.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

class PairScorer {
 public:
  // Counts the bearers of both names by one pass over the features; uses all threads. Errors: those
  // of the store; kCorrupt for an unreadable model.
  static Result<PairScorer> open(const ExplainedPair& pair);

  // Whose model: "poverty", "among_sources"; "default" before the first comparison.
  const std::string& model_name() const { return model_name_; }
  // Records of both sides.
  std::uint64_t compared() const { return compared_; }
  // Records of both sides with this name; 0 for a name of neither record of the pair.
  std::uint64_t bearers(std::uint32_t name_hash) const;

  // Of two loaded records in any order; the first by source has one of the pair's names where the
  // names are equal. Errors: those of the store.
  Result<std::vector<model::Summand>> summands(RecordReader& reader, RecordPlace one,
                                               RecordPlace other) const;

 private:
  PairScorer(const model::Model& model, std::string name)
      : scorer_(model), model_name_(std::move(name)) {}
  Status count_names(const ExplainedPair& pair);

  struct NameCount {
    std::uint32_t hash = 0;
    std::uint64_t bearers = 0;
  };
  model::Scorer scorer_;
  std::string model_name_;
  std::array<NameCount, 2> names_{};
  std::uint64_t compared_ = 0;
};

}  // namespace bidui::workspace
