#include "matcher/link/pair_terms.h"

#include "matcher/link/for_each_row.h"
#include "matcher/link/term_values.h"

namespace bidui::link {

void PairTerms::add_right(std::span<const std::uint32_t> surnames) {
  right_surnames_.insert(right_surnames_.end(), surnames.begin(), surnames.end());
}

void PairTerms::count(const RecordTable& left, const TermTables& terms, bool one_table) {
  left_ = &left;
  const std::size_t columns = left.text_count();
  bits_.resize(left.size());
  column_bits_.resize(left.size() * columns);
  for_each_row(left.size(), [&](std::size_t row) {
    const compare::RecordView record = left.view(row);
    bits_[row] = person_term_bits(terms, *record.person, one_table);
    column_term_bits(terms, record.texts, one_table,
                     std::span(column_bits_).subspan(row * columns, columns));
  });
}

model::TermBits PairTerms::of(const CandidatePair& pair) const {
  const std::size_t columns = left_->text_count();
  model::TermBits bits{bits_[pair.left],
                       std::span(column_bits_).subspan(pair.left * columns, columns)};
  constexpr int kName = static_cast<int>(compare::Comparison::kName);
  if (model::term_of(kName, pair.vector) == static_cast<int>(model::Term::kSurname))
    keep_shared_surname(bits.person, surname_value(left_->persons[pair.left].name),
                        right_surnames_[pair.right]);
  return bits;
}

}  // namespace bidui::link
