#include "matcher/link/linker.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_sort.h>

#include "matcher/link/for_each_row.h"
#include "matcher/link/household_evidence.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 16384;
constexpr std::size_t kAhead = 8;  // rows whose cache lines are asked for before they are needed

std::uint64_t valid_number(const record::PersonFeatures& p) {
  return p.id_class == record::IdClass::kValid ? p.id_digits : 0;
}

// Calls look(begin, batch, found) for the rows in batches, with all threads, and then take(batch,
// found) in order.
template <typename Look, typename Take>
void for_each_batch(const RecordSpan& rows, const Look& look, const Take& take) {
  constexpr std::size_t kRows = 2048;
  std::vector<SearchedRecords> found((rows.size() + kRows - 1) / kRows);
  const auto batch = [&](std::size_t i) {
    return rows.rows(i * kRows, std::min(rows.size(), (i + 1) * kRows));
  };
  tbb::parallel_for(std::size_t{0}, found.size(), [&](std::size_t i) {
    look(static_cast<std::uint32_t>(i * kRows), batch(i), found[i]);
  });
  for (std::size_t i = 0; i < found.size(); ++i) take(batch(i), found[i]);
}

}  // namespace

const record::PersonFeatures* KeptRecords::find(std::uint32_t row) const {
  const auto at = std::ranges::lower_bound(rows, row);
  return at != rows.end() && *at == row ? &persons[static_cast<std::size_t>(at - rows.begin())]
                                        : nullptr;
}

Linker::Linker(std::shared_ptr<const LeftSide> left, LinkerOptions options)
    : options_(std::move(options)),
      left_(std::move(left)),
      preliminary_(std::make_unique<model::Scorer>(preliminary_model(options_, *left_))),
      terms_(options_.plan.texts, options_.expected_right),
      ids_(left_->size()),
      right_sample_(left_->records().text_count()),
      found_(options_.groups),
      works_(options_.groups) {
  if (left_->has_index()) {
    search_ = std::make_unique<CandidateSearch>(options_.plan, left_->records(), left_->index(),
                                                *preliminary_, search_options(options_, *left_));
  }
  options_.models.resize(options_.groups);
  if (options_.keep_partners) partners_.persons.reserve(left_->size());
  const std::span<const record::PersonFeatures> persons = left_->records().persons;
  tbb::parallel_invoke(
      [&] {
        for (std::size_t row = 0; row < persons.size(); ++row) {
          if (row + kAhead < persons.size()) ids_.prefetch(persons[row + kAhead].id_digits);
          ids_.add_left(valid_number(persons[row]));
        }
      },
      [&] {
        if (options_.tables == nullptr) terms_.add_left(left_->records().span());
      });
}

Linker::~Linker() = default;

void Linker::add_right(const RecordSpan& right) {
  const auto first_row = static_cast<std::uint32_t>(right_records_);
  for_each_batch(
      right,
      [&](std::uint32_t begin, const RecordSpan& rows, SearchedRecords& found) {
        search_from(first_row + begin, rows, found);
      },
      [&](const RecordSpan& rows, const SearchedRecords& found) { add_right(rows, found); });
}

void Linker::add_searched_right(const RecordSpan& right) {
  for_each_batch(
      right,
      [&](std::uint32_t, const RecordSpan& rows, SearchedRecords& found) { look_at(rows, found); },
      [&](const RecordSpan& rows, const SearchedRecords& found) { take_rows(rows, found); });
}

void Linker::search(const RecordSpan& right, SearchedRecords& found) {
  search_from(0, right, found);
}

void Linker::search_from(std::uint32_t first_row, const RecordSpan& right, SearchedRecords& found) {
  found.first_row = first_row;
  found.pairs.resize(options_.groups);
  for (auto& pairs : found.pairs) pairs.clear();
  search_->search_rows(right, 0, right.size(), first_row, left_->keys_of(right), works_.local(),
                       found.pairs);
  look_at(right, found);
  found.sampled.clear();
  if (needs_training()) append_sampled(right, options_.expected_right, found.sampled);
}

void Linker::look_at(const RecordSpan& right, SearchedRecords& found) {
  found.surnames.resize(right.size());
  found.households_end = 0;
  for (std::size_t row = 0; row < right.size(); ++row) {
    const record::PersonFeatures& p = right.persons[row];
    if (row + kAhead < right.size()) ids_.prefetch(right.persons[row + kAhead].id_digits);
    ids_.add_right(valid_number(p));
    found.surnames[row] = surname_value(p.name);
    if (p.household != 0) found.households_end = row + 1;
  }
  if (options_.tables == nullptr) terms_.look_at_right(right, found.terms);
}

void Linker::add_right(const RecordSpan& right, const SearchedRecords& found) {
  const auto first_row = static_cast<std::uint32_t>(right_records_);
  if (options_.keep_partners) keep_partners(right, found);
  for (std::size_t g = 0; g < found.pairs.size(); ++g) {
    for (CandidatePair pair : found.pairs[g]) {
      pair.right = pair.right - found.first_row + first_row;
      found_[g].pairs.push_back(pair);
    }
  }
  for (const std::uint32_t row : found.sampled) right_sample_.append(right.view(row));
  take_rows(right, found);
}

void Linker::keep_partners(const RecordSpan& right, const SearchedRecords& found) {
  std::vector<bool> kept(right.size());
  for (const auto& pairs : found.pairs) {
    for (const CandidatePair& pair : pairs) kept[pair.right - found.first_row] = true;
  }
  for (std::uint32_t row = 0; row < right.size(); ++row) {
    if (!kept[row]) continue;
    partners_.rows.push_back(static_cast<std::uint32_t>(right_records_) + row);
    partners_.persons.push_back(right.persons[row]);
  }
}

void Linker::take_rows(const RecordSpan& right, const SearchedRecords& found) {
  pair_terms_.add_right(found.surnames);
  if (found.households_end != 0 && !options_.one_table) {
    right_households_.resize(right_records_ + found.households_end);
    for (std::size_t row = 0; row < found.households_end; ++row)
      right_households_[right_records_ + row] = right.persons[row].household;
  }
  if (options_.tables == nullptr) terms_.add_right(right, found.terms);
  right_records_ += right.size();
}

void Linker::add_pairs(std::span<const CandidatePair> pairs) {
  std::vector<std::size_t> counts(found_.size());
  for (const CandidatePair& pair : pairs) ++counts[group(pair.left)];
  for (std::size_t g = 0; g < counts.size(); ++g)
    found_[g].pairs.reserve(found_[g].pairs.size() + counts[g]);
  for (const CandidatePair& pair : pairs) found_[group(pair.left)].pairs.push_back(pair);
}

bool Linker::needs_training() const {
  return std::ranges::any_of(options_.models, [](const auto& model) { return !model; });
}

void Linker::count_pairs() {
  SearchWork sum(options_.groups);
  for (const SearchWork& work : works_) sum.add(work);
  for (std::size_t g = 0; g < found_.size(); ++g) {
    found_[g].counts = sum.vectors[g].counts();
    found_[g].compared = sum.compared[g];
  }
  if (search_ != nullptr) meetings_ = search_->meetings_in(sum);
}

void Linker::count_tables() {
  if (options_.tables != nullptr) return;
  options_.tables = std::make_shared<const FrequencyTables>(
      FrequencyTables{.terms = std::move(terms_).tables(),
                      .keys = left_->census().all(),
                      .key_cap = left_->key_cap(),
                      .expected_right = options_.expected_right});
}

ScoredPairs Linker::finish() {
  count_pairs();
  if (!options_.one_table) find_unheld_numbers();
  ScoredPairs result;
  std::optional<PairTrainer> trainer;
  tbb::parallel_invoke(
      [&] {
        count_tables();
        pair_terms_.count(left_->records(), options_.tables->terms, options_.one_table);
      },
      [&] {
        if (needs_training()) trainer.emplace(trainer_input());
      });
  if (trainer) {
    result.models = train(*trainer);
  } else {
    for (const auto& model : options_.models) result.models.push_back(*model);
    add_household_evidence();
  }
  for (std::uint8_t g = 0; g < options_.groups; ++g) score(g, result.models[g]);
  collect(result);
  return result;
}

TrainerInput Linker::trainer_input() const {
  return {.plan = options_.plan,
          .left = *left_,
          .preliminary = *preliminary_,
          .right_sample = right_sample_,
          .ids = ids_,
          .found = found_,
          .unheld = unheld_,
          .right_records = static_cast<double>(right_records_),
          .groups = options_.groups,
          .one_table = options_.one_table,
          .right_shared = options_.right_shared,
          .random_pairs = options_.random_pairs};
}

std::vector<model::Model> Linker::train(const PairTrainer& trainer) {
  const bool two_tables = !options_.one_table;
  std::vector<model::Model> models;
  for (std::uint8_t g = 0; g < options_.groups; ++g) {
    models.push_back(options_.models[g] ? *options_.models[g] : trainer.train(g));
    if (!two_tables || options_.models[g]) continue;
    score(g, models[g]);
    trainer.fit_priors(g, models[g]);
  }
  add_household_evidence();
  for (std::uint8_t g = 0; g < options_.groups && two_tables; ++g) {
    if (!options_.models[g]) trainer.train_household(g, models[g]);
  }
  return models;
}

void Linker::collect(ScoredPairs& result) {
  std::size_t total = 0;
  std::uint64_t compared = 0;
  for (const SearchResult& part : found_) {
    total += part.pairs.size();
    compared += part.compared;
  }
  result.pairs.reserve(total);
  for (SearchResult& part : found_) {
    result.pairs.insert(result.pairs.end(), part.pairs.begin(), part.pairs.end());
    std::vector<CandidatePair>().swap(part.pairs);
  }
  const auto by_rows = [](const CandidatePair& a, const CandidatePair& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  };
  if (!std::ranges::is_sorted(result.pairs, by_rows))
    tbb::parallel_sort(result.pairs.begin(), result.pairs.end(), by_rows);
  result.tables = options_.tables;
  result.partners = std::move(partners_);
  const KeyCensus& census = left_->census();
  result.stats = {.left_records = left_->size(),
                  .right_records = right_records_,
                  .pairs_compared = compared,
                  .pairs_kept = result.pairs.size(),
                  .index_entries = left_->index_entries(),
                  .keys = census.counts,
                  .meetings = meetings_,
                  .later_refined_keys = census.later.refined.size(),
                  .later_cut_keys = census.later.cut.size()};
}

void Linker::add_household_evidence() {
  if (right_households_.empty()) return;
  const HouseholdEvidence evidence({.left = left_->records(),
                                    .group_of = left_->groups(),
                                    .right_households = right_households_,
                                    .ids = ids_,
                                    .found = found_});
  for (SearchResult& found : found_)
    for_each_row(found.pairs.size(),
                 [&](std::size_t i) { found.pairs[i].vector = evidence.add_to(found.pairs[i]); });
}

void Linker::find_unheld_numbers() {
  unheld_.assign(left_->size(), false);
  static_assert(kBlock % 64 == 0);  // so that no two blocks write to one word
  tbb::parallel_for(std::size_t{0}, (left_->size() + kBlock - 1) / kBlock, [&](std::size_t block) {
    const std::size_t end = std::min(left_->size(), (block + 1) * kBlock);
    for (std::size_t row = block * kBlock; row < end; ++row) {
      const record::PersonFeatures& p = left_->records().persons[row];
      unheld_[row] = valid_number(p) != 0 && ids_.right_count(p.id_digits) == 0;
    }
  });
}

void Linker::score(std::uint8_t group, const model::Model& model) {
  const model::Scorer scorer(model);
  std::vector<CandidatePair>& pairs = found_[group].pairs;
  for_each_row(pairs.size(), [&](std::size_t i) {
    CandidatePair& pair = pairs[i];
    const bool unheld = !unheld_.empty() && unheld_[pair.left];
    const model::TermBits terms = pair_terms_.of(pair);
    pair.weight = static_cast<float>(scorer.weight(pair.vector, terms, unheld));
  });
}

}  // namespace bidui::link
