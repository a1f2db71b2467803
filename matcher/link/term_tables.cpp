#include "matcher/link/term_tables.h"

#include <cmath>

#include "matcher/text/surname.h"

namespace bidui::link {
namespace {

using model::Term;

// Records that the population's share of a surname is worth: counties differ much more than by
// chance.
constexpr double kSurnameRecords = 300;

double population_share(const record::NameFeature& name) {
  return text::surname_frequency(name.units[0], name.surname_length > 1 ? name.units[1] : 0);
}

// `name`: of the record that has the value.
double share_of(const TermTables& tables, Term term, std::uint32_t value,
                const record::NameFeature& name, bool one_table) {
  const ValueTable& table = tables.of(term);
  const double share = one_table ? table.left_share(value) : table.share(value);
  if (term != Term::kSurname || value == 0) return share;
  const auto records =
      static_cast<double>(table.left_records() + (one_table ? 0 : table.right_records()));
  return (share * records + population_share(name) * kSurnameRecords) / (records + kSurnameRecords);
}

}  // namespace

double term_share(const TermTables& tables, Term term, const record::PersonFeatures& record,
                  bool one_table) {
  const std::uint32_t value = term_values(record)[static_cast<std::size_t>(term)];
  return share_of(tables, term, value, record.name, one_table);
}

model::PersonTermBits person_term_bits(const TermTables& tables,
                                       const record::PersonFeatures& record, bool one_table) {
  model::PersonTermBits bits{};
  const auto values = term_values(record);
  for (std::size_t t = 0; t < bits.size(); ++t) {
    const ValueTable& table = tables.person[t];
    if (values[t] == 0 || table.left_records() == 0) continue;
    const double share = share_of(tables, static_cast<Term>(t), values[t], record.name, one_table);
    const double mean = one_table ? table.mean_left_share() : table.mean_share();
    const bool own = model::is_own_share(static_cast<int>(t));
    if (own || mean > 0) bits[t] = static_cast<float>(std::log2(own ? share : share / mean));
  }
  return bits;
}

void column_term_bits(const TermTables& tables, std::span<const record::TextFeature> texts,
                      bool one_table, std::span<float> bits) {
  for (std::size_t i = 0; i < bits.size(); ++i) {
    bits[i] = 0;
    const bool known = i < tables.columns.size() && tables.columns[i].left_records() != 0;
    if (!known || texts[i].full_length == 0) continue;
    const ValueTable& table = tables.columns[i];
    const std::uint32_t value = texts[i].hash;
    const double share = one_table ? table.left_share(value) : table.share(value);
    bits[i] = static_cast<float>(std::log2(share));
  }
}

}  // namespace bidui::link
