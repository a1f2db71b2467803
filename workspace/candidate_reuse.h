// What a comparison can take over from the one before: rows are the same where their features are,
// wherever they stand now; pairs of two such rows need not be searched again.
#pragma once

#include <vector>

#include "matcher/link/changed_search.h"
#include "workspace/kept_candidates.h"

namespace bidui::workspace {

// What weights of pairs may have depended on, and is gone.
struct GoneTies {
  std::vector<std::uint64_t> households{};  // household_hash() of rows beside the spine
  std::vector<std::uint32_t> numbers{};     // number ties of rows of the spine
  std::vector<std::uint32_t> lefts{};       // records that lost a row of the spine they met
};

// Of a household in the source that stands at `position`.
std::uint64_t household_hash(std::size_t position, std::uint32_t tie);

// Rows and pairs in the numbers of this run.
struct CandidateReuse {
  link::ChangedRows changed{};      // left: numbers of records among all sources but the spine
  link::PickedRows changed_left{};  // the same of the left side, with their features
  link::NearRows near_left{};       // those beside the spine that may meet one of them
  std::vector<KeptPair> to_spine{};
  std::vector<KeptPair> among{};
  std::vector<std::uint32_t> repeated{};  // rows of the spine
  bool weights_hold = false;              // the models are those that gave the pairs' weights
  GoneTies gone{};
};

// Which rows of `kept` stand where now. Rows of deliveries that `kept` has seen are not looked at.
class RowMatching {
 public:
  // kGone for a row that is not there any more.
  static constexpr std::uint32_t kGone = 0xFFFFFFFF;

  // Takes the rows of what `kept` has seen, and leaves its pairs.
  RowMatching(std::span<const RunSource> sources, KeptCandidates& kept);

  // More than a fifth of a side changed: to search it all is not much more work.
  bool changed_too_much() const;
  const link::ChangedRows& changed() const { return changed_; }
  // Pairs of rows that moved are in no order.
  CandidateReuse reuse(KeptCandidates kept) const;
  // Of this run.
  std::vector<KeptSource> sources() && { return std::move(sources_); }

 private:
  // The ties of the next source's old rows that are gone.
  void note_gone(const KeptSource& old, std::span<const std::uint32_t> matched, bool spine);

  std::vector<KeptSource> sources_;
  std::vector<std::uint32_t> left_;   // new number of each old record beside the spine
  std::vector<std::uint32_t> right_;  // new row of each old row of the spine
  link::ChangedRows changed_;
  GoneTies gone_;
  std::size_t left_records_ = 0;
  std::size_t right_records_ = 0;
};

}  // namespace bidui::workspace
