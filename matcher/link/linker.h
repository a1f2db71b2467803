// From features to scored candidate pairs: index one side, stream the other once, train, score.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "matcher/key/fuzzy_key.h"
#include "matcher/link/candidate_search.h"
#include "matcher/link/value_counter.h"
#include "matcher/model/model.h"

namespace bidui::link {

struct LinkerOptions {
  compare::ComparisonPlan plan{};
  key::TextKeyPlan text_keys{};
  std::uint32_t key_cap = 100;     // records per key before it is refined
  std::uint8_t groups = 1;         // sources on the left; each has a model of its own
  double expected_right = 1;       // records that will be streamed, roughly
  std::uint64_t right_shared = 0;  // bit per group: its rows may share a partner (houses an owner)
  bool one_table = false;          // left and right are one table: only pairs left < right
  std::uint32_t random_pairs = 2'000'000;
};

struct LinkerStats {
  std::uint64_t left_records = 0;
  std::uint64_t right_records = 0;
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs_kept = 0;
  std::size_t index_entries = 0;
  KeyCounts keys{};
};

struct ScoredPairs {
  std::vector<CandidatePair> pairs{};  // sorted by (left, right), each with its weight
  std::vector<model::Model> models{};  // per left group
  LinkerStats stats{};
};

// One linkage: construct with the side that fits in memory, add_right() in the order of the rows,
// finish() once. Uses all threads; results depend neither on their number nor on the order of rows.
class Linker {
 public:
  // `group_of`: the group of each left row; empty = all 0.
  Linker(RecordTable left, std::vector<std::uint8_t> group_of, LinkerOptions options);
  ~Linker();
  Linker(const Linker&) = delete;
  Linker& operator=(const Linker&) = delete;

  void add_right(const RecordTable& right);

  // Trains a model per group, or takes `models` where given, and scores the kept pairs.
  ScoredPairs finish(const std::vector<model::Model>& models = {});

  const RecordTable& left() const { return left_; }

 private:
  void sample_right(const RecordTable& right);
  std::vector<std::uint32_t> left_sample() const;
  void count_right(const RecordTable& right);
  std::uint8_t group(std::uint32_t left_row) const {
    return group_of_.empty() ? 0 : group_of_[left_row];
  }
  KeyFunction keys_of(const RecordTable& table) const;
  model::TrainingData training_data(std::uint8_t group, double left_records,
                                    const std::vector<model::VectorCount>& random,
                                    const std::vector<model::VectorCount>& relatives) const;
  // Of all groups together: how strangers and relatives agree does not depend on the source, but
  // for what it lacks.
  std::vector<model::VectorCount> random_vectors(std::span<const std::uint32_t> left_rows) const;
  std::vector<model::VectorCount> relative_vectors(std::span<const std::uint32_t> left_rows) const;
  std::vector<model::VectorCount> anchored_vectors(std::uint8_t group) const;
  // Of each left row the right row that is surely its person: the number unique on both sides, the
  // names equal. kNobody where there is none.
  void find_sure_partners();
  bool is_apart(const CandidatePair& pair) const {
    const std::uint32_t partner = sure_partner_[pair.left];
    return partner != kNobody && partner != pair.right;
  }
  // Counts the vectors of a group's pairs that `wanted` takes. Uses all threads.
  std::vector<model::VectorCount> count_pairs(
      std::uint8_t group, const std::function<bool(const CandidatePair&)>& wanted) const;
  // Sets the pairs' levels of household evidence.
  void add_household_evidence();
  void train_households(std::vector<model::Model>& models) const;
  double name_frequency(const CandidatePair& pair) const;
  void score(const std::vector<model::Model>& models);
  // Rows with a valid ID number that no right record has: their person is probably not there.
  void find_unheld_numbers();
  void fit_priors(std::vector<model::Model>& models) const;
  // Of all rows, or of those with an unheld number. That a number is held says no more than the
  // pair with its holder says itself.
  double fit_prior(std::uint8_t group, const model::Model& model, bool unheld_only) const;

  LinkerOptions options_;
  RecordTable left_;
  std::vector<std::uint8_t> group_of_;
  std::unique_ptr<KeyIndex> index_;
  std::unique_ptr<model::Scorer> preliminary_;
  ValueCounter names_;
  ValueCounter ids_;
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  std::vector<std::uint32_t> sure_partner_;      // per left row
  std::vector<bool> unheld_;                     // per left row; empty: none
  std::vector<std::uint64_t> right_households_;  // up to the last row that has one
  RecordTable right_sample_;
  std::vector<SearchResult> found_;  // per group
  std::uint64_t right_records_ = 0;
  std::uint64_t compared_ = 0;
};

}  // namespace bidui::link
