// How common the names, surnames, villages, … of the records of a linkage are.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "matcher/link/term_values.h"
#include "matcher/link/value_table.h"
#include "matcher/record/record_view.h"

namespace bidui::link {

struct TermTables {
  std::array<ValueTable, model::kPersonTerms> person{};  // by model::Term
  std::vector<ValueTable> columns{};                     // of the free columns

  const ValueTable& of(model::Term term) const { return person[static_cast<std::size_t>(term)]; }
  const ValueTable& names() const { return of(model::Term::kName); }
};

// The share of the records that have the value of `record`, or of its left side alone
// (`one_table`). A surname's is drawn towards its share in the whole population (surnames.tsv),
// which weighs as much as some hundred records: in a small file nearly all surnames are unique.
double term_share(const TermTables& tables, model::Term term, const record::PersonFeatures& record,
                  bool one_table);

// All that model::Scorer asks of a record. Pure, O(1) expected.
model::PersonTermBits person_term_bits(const TermTables& tables,
                                       const record::PersonFeatures& record, bool one_table);
// Sets `bits` for the record's free columns.
void column_term_bits(const TermTables& tables, std::span<const record::TextFeature> texts,
                      bool one_table, std::span<float> bits);

}  // namespace bidui::link
