// The records that may be the person a look-up asks for, from the narrowest question to the widest.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/compare/comparison_vector.h"
#include "matcher/model/scorer.h"
#include "workspace/lookup.h"

namespace bidui::workspace {

// A record that was found, against the query.
struct LookupHit {
  RecordPlace place{};
  compare::ComparisonVector vector = 0;
  double weight = 0;
};

// Query and reader must outlive it; the reader holds the records found.
class LookupSearch {
 public:
  LookupSearch(const LookupQuery& query, RecordReader& reader, const model::Model& model);

  // Until one question has an answer: the values' fuzzy keys, near numbers, the name alone.
  Result<std::vector<LookupHit>> run();
  // Whether any of the values could be read.
  bool asks_something() const;
  bool asked(compare::Comparison comparison) const;
  // More records were found than are looked at.
  bool cut() const { return cut_; }

 private:
  std::vector<std::uint64_t> fuzzy_hashes(const record::PersonFeatures& person) const;
  std::vector<std::uint64_t> specific_hashes() const;
  std::vector<std::uint64_t> name_hashes() const;
  std::vector<std::uint64_t> near_hashes() const;
  Status probe(const std::vector<std::uint64_t>& hashes);
  void add(RecordPlace place);
  bool answers(compare::ComparisonVector vector, const record::PersonFeatures& found) const;
  void keep_best_place();
  void keep_nearest(compare::Comparison comparison);

  const LookupQuery& query_;
  RecordReader& reader_;
  model::Scorer scorer_;
  record::PersonFeatures wanted_{};
  std::vector<LookupHit> hits_;
  bool cut_ = false;
};

}  // namespace bidui::workspace
