#include "matcher/link/term_counter.h"

#include <algorithm>
#include <limits>

#include "matcher/base/hash.h"
#include "matcher/link/hash_parts.h"

namespace bidui::link {
namespace {

using model::Term;

constexpr auto at(Term term) { return static_cast<std::size_t>(term); }

// How often the value at the front stands there; takes these away.
std::uint32_t take_run(std::span<const NameTerm>& values, std::uint64_t value) {
  std::size_t count = 0;
  while (count < values.size() && values[count].hash == value) ++count;
  values = values.subspan(count);
  return static_cast<std::uint32_t>(count);
}

// Adds a value's next run; what occurs once on each side at most is forgotten when the next value
// begins.
void add_run(std::vector<ValueCount>& counts, const ValueCount& run) {
  if (!counts.empty() && counts.back().value == run.value) {
    counts.back().left += run.left;
    counts.back().right += run.right;
    return;
  }
  if (!counts.empty() && counts.back().left < 2 && counts.back().right < 2) counts.pop_back();
  counts.push_back(run);
}

// Of many names a few share a hash, and not their sound.
void merge_equal(std::vector<ValueCount>& sorted) {
  std::size_t kept = 0;
  for (const ValueCount& count : sorted) {
    if (kept != 0 && sorted[kept - 1].value == count.value) {
      sorted[kept - 1].left += count.left;
      sorted[kept - 1].right += count.right;
    } else {
      sorted[kept++] = count;
    }
  }
  sorted.resize(kept);
}

struct NameCounts {
  std::vector<ValueCount> names;
  std::vector<ValueCount> sounds;
};

// Of two sorted sides. A name has one sound.
NameCounts count_names(std::span<const NameTerm> left, std::span<const NameTerm> right) {
  NameCounts counts;
  constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();
  while (!left.empty() || !right.empty()) {
    const std::uint64_t name = std::min(left.empty() ? kEnd : left.front().hash,
                                        right.empty() ? kEnd : right.front().hash);
    const std::uint32_t of_left = take_run(left, name);
    const std::uint32_t of_right = take_run(right, name);
    add_run(counts.sounds, {static_cast<std::uint32_t>(name >> 32), of_left, of_right});
    if (of_left > 1 || of_right > 1)
      counts.names.push_back({static_cast<std::uint32_t>(name), of_left, of_right});
  }
  add_run(counts.sounds, {0, 0, 0});
  counts.sounds.pop_back();
  std::ranges::sort(counts.names, {}, &ValueCount::value);
  merge_equal(counts.names);
  return counts;
}

}  // namespace

std::size_t ValueTally::find(std::uint32_t value) const {
  std::size_t i = mix64(value) & (slots_.size() - 1);
  while (slots_[i].value != 0 && slots_[i].value != value) i = (i + 1) & (slots_.size() - 1);
  return i;
}

ValueCount& ValueTally::slot(std::uint32_t value) {
  if (const std::size_t i = find(value); slots_[i].value != 0) return slots_[i];
  if ((used_ + 1) * 2 > slots_.size()) grow();
  ++used_;
  ValueCount& added = slots_[find(value)];
  added.value = value;
  return added;
}

void ValueTally::grow() {
  std::vector<ValueCount> old(slots_.size() * 2);
  old.swap(slots_);
  for (const ValueCount& count : old) {
    if (count.value != 0) slots_[find(count.value)] = count;
  }
}

ValueTable ValueTally::table() const {
  std::vector<ValueCount> values;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  for (const ValueCount& count : slots_) {
    if (count.value == 0) continue;
    left += count.left;
    right += count.right;
    if (count.left > 1 || count.right > 1) values.push_back(count);
  }
  std::ranges::sort(values, {}, &ValueCount::value);
  return {std::move(values), left, right_records_ != 0 ? right_records_ : right};
}

void TermCounter::add_names(std::span<const NameTerm> more, Names& names) {
  constexpr std::size_t kBlock = 65'536;
  while (!more.empty()) {
    if (names.empty() || names.back().size() == kBlock) names.emplace_back().reserve(kBlock);
    const auto some = more.first(std::min(more.size(), kBlock - names.back().size()));
    names.back().insert(names.back().end(), some.begin(), some.end());
    more = more.subspan(some.size());
  }
}

TermCounter::TermCounter(std::vector<record::TextKind> columns, double expected_right)
    : kinds_(std::move(columns)), columns_(kinds_.size()) {
  const double share = std::min(kCountedRows / std::max(expected_right, 1.0), 1.0);
  right_limit_ = static_cast<std::uint32_t>(share * std::numeric_limits<std::uint32_t>::max());
}

void TermCounter::look_at(const RecordSpan& records, std::uint32_t limit, RowTerms& terms) {
  terms.names.clear();
  terms.counted.clear();
  for (std::uint32_t row = 0; row < records.size(); ++row) {
    const record::PersonFeatures& p = records.persons[row];
    if (p.name_hash != 0)
      terms.names.push_back({static_cast<std::uint64_t>(p.name_fold) << 32 | p.name_hash});
    const std::uint64_t drawn = mix64(p.id_digits ^ p.birth ^ std::uint64_t{p.name_hash} << 32);
    if (static_cast<std::uint32_t>(drawn) <= limit) terms.counted.push_back(row);
  }
}

void TermCounter::look_at_right(const RecordSpan& records, RowTerms& terms) const {
  look_at(records, right_limit_, terms);
}

template <typename Add>
void TermCounter::add_others(const RecordSpan& records, std::span<const std::uint32_t> rows,
                             const Add& add) {
  for (const std::uint32_t row : rows) {
    const record::PersonFeatures& p = records.persons[row];
    const auto values = term_values(p);
    for (const auto& [tally, term] :
         {std::pair{&surnames_, Term::kSurname}, std::pair{&given_names_, Term::kGivenName},
          std::pair{&villages_, Term::kVillage}}) {
      if (values[at(term)] != 0) add(*tally, values[at(term)]);
    }
  }
}

template <typename Add>
void TermCounter::add_columns(const RecordSpan& records, const Add& add) {
  for (std::size_t i = 0; i < records.texts.size(); ++i) {
    const std::size_t column = i % columns_.size();
    if (kinds_[column] == record::TextKind::kName && records.texts[i].full_length != 0)
      add(columns_[column], records.texts[i].hash);
  }
}

void TermCounter::add_left(const RecordSpan& records) {
  left_records_ += records.size();
  RowTerms terms;
  look_at(records, std::numeric_limits<std::uint32_t>::max(), terms);
  add_names(terms.names, left_names_);
  add_others(records, terms.counted,
             [](ValueTally& tally, std::uint32_t value) { tally.add_left(value); });
  add_columns(records, [](ValueTally& tally, std::uint32_t value) { tally.add_left(value); });
}

void TermCounter::add_right(const RecordSpan& records) {
  RowTerms terms;
  look_at_right(records, terms);
  add_right(records, terms);
}

void TermCounter::add_right(const RecordSpan& records, const RowTerms& terms) {
  right_records_ += records.size();
  add_names(terms.names, right_names_);
  add_others(records, terms.counted,
             [](ValueTally& tally, std::uint32_t value) { tally.add_right(value); });
  add_columns(records,
              [](ValueTally& tally, std::uint32_t value) { tally.add_known_right(value); });
}

TermTables TermCounter::tables() && {
  const auto lefts = sort_by_hash(std::move(left_names_), Repeats::kKept);
  const auto rights = sort_by_hash(std::move(right_names_), Repeats::kKept);
  TermTables tables;
  NameCounts names = count_names(lefts.entries, rights.entries);
  tables.person[at(Term::kName)] = {std::move(names.names), left_records_, right_records_};
  tables.person[at(Term::kSound)] = {std::move(names.sounds), left_records_, right_records_};
  tables.person[at(Term::kSurname)] = surnames_.table();
  tables.person[at(Term::kGivenName)] = given_names_.table();
  tables.person[at(Term::kVillage)] = villages_.table();
  for (const ValueTally& column : columns_) tables.columns.push_back(column.table());
  return tables;
}

}  // namespace bidui::link
