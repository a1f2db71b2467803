// From features to scored candidate pairs: index one side, stream the other once, train, score.
#pragma once

#include <memory>
#include <span>
#include <tbb/enumerable_thread_specific.h>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/left_side.h"
#include "matcher/link/linker_options.h"
#include "matcher/link/linker_stats.h"
#include "matcher/link/pair_terms.h"
#include "matcher/link/pair_trainer.h"
#include "matcher/link/term_counter.h"
#include "matcher/link/value_counter.h"
#include "matcher/model/model.h"

namespace bidui::link {

// Records of the streamed side, by row.
struct KeptRecords {
  std::vector<std::uint32_t> rows{};  // ascending
  LargeVector<record::PersonFeatures> persons{};

  const record::PersonFeatures* find(std::uint32_t row) const;  // null: not kept
};

struct ScoredPairs {
  std::vector<CandidatePair> pairs{};               // sorted by (left, right), each with its weight
  std::vector<model::Model> models{};               // per left group
  std::shared_ptr<const FrequencyTables> tables{};  // given, or counted
  KeptRecords partners{};                           // where they were asked for
  LinkerStats stats{};
};

// What Linker::search() finds out about a batch of right records. Reusing it reuses its memory.
struct SearchedRecords {
  std::uint32_t first_row = 0;                      // the batch's, where `pairs` count from
  std::vector<std::vector<CandidatePair>> pairs{};  // per group
  std::vector<std::uint32_t> surnames{};            // per row
  std::vector<std::uint32_t> sampled{};             // rows to train by
  RowTerms terms{};
  std::size_t households_end = 0;  // behind the last row that has one
};

// One linkage: construct with the side that fits in memory, add_right() in the order of the rows,
// finish() once. Uses all threads; results depend neither on their number nor on the order of rows.
class Linker {
 public:
  Linker(std::shared_ptr<const LeftSide> left, LinkerOptions options);
  ~Linker();
  Linker(const Linker&) = delete;
  Linker& operator=(const Linker&) = delete;

  // Searches the records' candidates, and counts the records. REQUIRES: the left side's index.
  void add_right(const RecordSpan& right);
  // The same of two tables in two steps: search() on any threads, beside each other, once for each
  // batch, and add_right() with what it found in the order of the rows.
  void search(const RecordSpan& right, SearchedRecords& found);
  void add_right(const RecordSpan& right, const SearchedRecords& found);
  // Only counts them: their pairs are known, and given to add_pairs().
  void add_searched_right(const RecordSpan& right);
  // Pairs of all groups that a search with the same keys and preliminary model kept; none twice.
  void add_pairs(std::span<const CandidatePair> pairs);

  ScoredPairs finish();

  const model::Scorer& preliminary() const { return *preliminary_; }

 private:
  std::uint8_t group(std::uint32_t left_row) const {
    return options_.groups == 1 ? std::uint8_t{0} : left_->groups()[left_row];
  }
  bool needs_training() const;
  void search_from(std::uint32_t first_row, const RecordSpan& right, SearchedRecords& found);
  // Counts the numbers of right records, and sets what else is known of them without a search; by
  // any thread.
  void look_at(const RecordSpan& right, SearchedRecords& found);
  void take_rows(const RecordSpan& right, const SearchedRecords& found);
  // Of the right records those that have a pair of theirs in `found`.
  void keep_partners(const RecordSpan& right, const SearchedRecords& found);
  // Sets the pairs' levels of household evidence.
  void add_household_evidence();
  void count_pairs();
  void count_tables();
  void score(std::uint8_t group, const model::Model& model);
  // Rows with a valid ID number that no right record has: their person is probably not there.
  void find_unheld_numbers();
  TrainerInput trainer_input() const;
  std::vector<model::Model> train(const PairTrainer& trainer);
  void collect(ScoredPairs& result);

  LinkerOptions options_;
  std::shared_ptr<const LeftSide> left_;
  std::unique_ptr<model::Scorer> preliminary_;
  TermCounter terms_;  // fed where no tables are given
  ValueCounter ids_;
  PairTerms pair_terms_;
  std::vector<bool> unheld_;                     // per left row; none in one table
  std::vector<std::uint64_t> right_households_;  // up to the last row that has one
  RecordTable right_sample_;
  KeptRecords partners_;
  std::vector<SearchResult> found_;  // per group
  std::uint64_t right_records_ = 0;
  std::unique_ptr<CandidateSearch> search_;  // null: the left side has no index
  tbb::enumerable_thread_specific<SearchWork> works_;
  MeetingsByKind meetings_{};
};

}  // namespace bidui::link
