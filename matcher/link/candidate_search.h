// Candidate pairs and their comparison vectors: streams one side past the index of the other, once.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "matcher/compare/comparison_vector.h"
#include "matcher/link/key_index.h"
#include "matcher/link/record_table.h"
#include "matcher/link/vector_counter.h"
#include "matcher/model/scorer.h"
#include "matcher/model/train.h"

namespace bidui::link {

struct CandidatePair {
  std::uint32_t left = 0;   // row of the indexed side
  std::uint32_t right = 0;  // row of the streamed side
  compare::ComparisonVector vector = 0;
  std::uint32_t kinds = 0;  // bit set of the key kinds that found it
  float weight = 0;         // log2 posterior odds, once scored
};

inline compare::IdLevel id_level(const CandidatePair& pair) {
  constexpr int kId = static_cast<int>(compare::Comparison::kId);
  return static_cast<compare::IdLevel>(compare::level_at(pair.vector, kId));
}

// What a search found.
struct SearchResult {
  std::vector<CandidatePair> pairs{};        // kept: worth scoring with a trained model
  std::vector<model::VectorCount> counts{};  // of all pairs compared, merged
  std::uint64_t compared = 0;
};

// What the keys of a kind imply: every two records that share one. A pair counts as often as it
// shares a key.
struct KeyMeetings {
  std::uint64_t met = 0;      // compared
  std::uint64_t skipped = 0;  // shared a hot key, but not its refinement
  std::uint64_t implied() const { return met + skipped; }
};
using MeetingsByKind = std::array<KeyMeetings, static_cast<std::size_t>(key::KeyKind::kCount)>;
void add(MeetingsByKind& sum, const MeetingsByKind& more);

inline constexpr double kKeepWeight = -12;  // under the preliminary model: one in four thousand

struct SearchOptions {
  // Pairs below this weight under the preliminary model are compared and counted, but not kept.
  double keep_weight = kKeepWeight;
  // Accepts a pair before it is compared; for one table against itself, or to leave out pairs of
  // one source.
  std::function<bool(std::uint32_t left, std::uint32_t right)> accept{};
  // The group of each left row (a source); null: all are group 0.
  const std::vector<std::uint8_t>* group_of = nullptr;
  std::uint8_t groups = 1;
  // Of the left side's census: to count what is skipped. Empty: nothing is counted as skipped.
  std::span<const KeyLists> hot_lists{};
  bool one_table = false;  // left and right are one table: every pair meets twice, and counts once
};

// What a thread that searches counts, and the memory it uses again from batch to batch.
class SearchWork {
 public:
  explicit SearchWork(std::size_t groups) : vectors(groups), compared(groups) {}

  // Of all pairs compared, per group of the left side.
  std::vector<VectorCounter> vectors;
  std::vector<std::uint64_t> compared;
  MeetingsByKind meetings{};

  void add(const SearchWork& other);  // what it counted

 private:
  friend class CandidateSearch;
  static constexpr std::size_t kRows = 16;  // whose cache lines are asked for together

  struct Found {
    std::uint32_t row;   // of the left side
    std::uint32_t kind;  // bit of the key kind
  };
  struct Weight {
    compare::ComparisonVector vector = ~compare::ComparisonVector{0};  // no pair's: free
    double bits = 0;
  };
  double weight(const model::Scorer& scorer, compare::ComparisonVector vector);

  std::array<key::KeyList, kRows> keys_;
  std::array<std::vector<Found>, kRows> found_;
  std::vector<Weight> weights_ = std::vector<Weight>(1024);
};

class CandidateSearch {
 public:
  // All arguments must outlive the search. `keys_of_right` gives the keys of a row of the streamed
  // table.
  CandidateSearch(const compare::ComparisonPlan& plan, const RecordTable& left,
                  const KeyIndex& index, const model::Scorer& preliminary, SearchOptions options);

  // Compares every record of `right` (its row r is row first_row + r of the whole) with its
  // candidates; a result per group of the left side. Uses all threads; the results do not depend on
  // how many there are.
  // Adds to `meetings`, where it is not null.
  std::vector<SearchResult> search(const RecordSpan& right, std::uint32_t first_row,
                                   const KeyFunction& keys_of_right,
                                   MeetingsByKind* meetings = nullptr) const;

  // The same of the rows [begin, end) on the calling thread. Their pairs go to the end of `pairs`,
  // one list per group, and what is counted to `work`.
  void search_rows(const RecordSpan& right, std::size_t begin, std::size_t end,
                   std::uint32_t first_row, const KeyFunction& keys_of_right, SearchWork& work,
                   std::span<std::vector<CandidatePair>> pairs) const;
  // Of all work on a table together.
  MeetingsByKind meetings_in(const SearchWork& work) const;

 private:
  using Found = SearchWork::Found;
  void find_candidates(const key::KeyList& keys, SearchWork& work, std::vector<Found>& found) const;
  void count_skipped(const key::FuzzyKey& key, const KeyIndex::Postings& postings,
                     SearchWork& work) const;
  void compare_candidates(const compare::RecordView& right, std::uint32_t right_row,
                          std::vector<Found>& found, SearchWork& work,
                          std::span<std::vector<CandidatePair>> pairs) const;

  const compare::ComparisonPlan& plan_;
  const RecordTable& left_;
  const KeyIndex& index_;
  const model::Scorer& preliminary_;
  SearchOptions options_;
};

}  // namespace bidui::link
