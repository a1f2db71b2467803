// The term-frequency bits of candidate pairs: what a rare value in common is worth more than a
// common one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/record_table.h"
#include "matcher/link/term_tables.h"
#include "matcher/model/scorer.h"

namespace bidui::link {

class PairTerms {
 public:
  // surname_value() of the next right rows.
  void add_right(std::span<const std::uint32_t> surnames);

  // Looks up the values of all left rows, once, with all threads; `left` must stay.
  void count(const RecordTable& left, const TermTables& terms, bool one_table);

  // REQUIRES: count() of the pair's left row, and add_right() of its right one.
  model::TermBits of(const CandidatePair& pair) const;

 private:
  const RecordTable* left_ = nullptr;
  std::vector<model::PersonTermBits> bits_;    // per left row
  std::vector<float> column_bits_;             // the same of each free column
  std::vector<std::uint32_t> right_surnames_;  // per right row
};

}  // namespace bidui::link
