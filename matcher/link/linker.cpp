#include "matcher/link/linker.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include "matcher/link/for_each_row.h"
#include "matcher/link/household_evidence.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 16384;

std::uint64_t valid_number(const record::PersonFeatures& p) {
  return p.id_class == record::IdClass::kValid ? p.id_digits : 0;
}

}  // namespace

const record::PersonFeatures* KeptRecords::find(std::uint32_t row) const {
  const auto at = std::ranges::lower_bound(rows, row);
  return at != rows.end() && *at == row ? &persons[static_cast<std::size_t>(at - rows.begin())]
                                        : nullptr;
}

model::Model preliminary_model(const LinkerOptions& options, const LeftSide& left) {
  const FrequencyTables* const tables = options.tables.get();
  if (tables == nullptr)
    return model::default_model(options.plan, static_cast<double>(left.size()),
                                options.expected_right);
  const auto records = static_cast<double>(tables->terms.names().left_records());
  return model::default_model(options.plan, records,
                              options.one_table ? records : tables->expected_right);
}

SearchOptions search_options(const LinkerOptions& options, const LeftSide& left) {
  SearchOptions search;
  // Free columns make the preliminary model a guess: keep more.
  search.keep_weight = options.plan.texts.empty() ? -12 : -40;
  if (options.one_table) search.accept = [](std::uint32_t l, std::uint32_t r) { return l < r; };
  search.one_table = options.one_table;
  search.hot_lists = left.census().hot_lists;
  search.group_of = options.groups == 1 ? nullptr : &left.groups();
  search.groups = options.groups;
  return search;
}

Linker::Linker(std::shared_ptr<const LeftSide> left, LinkerOptions options)
    : options_(std::move(options)),
      left_(std::move(left)),
      preliminary_(std::make_unique<model::Scorer>(preliminary_model(options_, *left_))),
      terms_(options_.plan.texts, options_.expected_right),
      ids_(left_->size()),
      right_sample_(left_->records().text_count()),
      found_(options_.groups) {
  options_.models.resize(options_.groups);
  for (const record::PersonFeatures& p : left_->records().persons) ids_.add_left(valid_number(p));
  if (options_.tables == nullptr) terms_.add_left(left_->records().span());
}

Linker::~Linker() = default;

void Linker::add_right(const RecordSpan& right) {
  const auto first_row = static_cast<std::uint32_t>(right_records_);
  const CandidateSearch search(options_.plan, left_->records(), left_->index(), *preliminary_,
                               search_options(options_, *left_));
  std::vector<SearchResult> results =
      search.search(right, first_row, left_->keys_of(right), &meetings_);
  if (options_.keep_partners) keep_partners(right, first_row, results);
  for (std::size_t g = 0; g < results.size(); ++g) {
    compared_ += results[g].compared;
    append(found_[g], std::move(results[g]));
  }
  if (needs_training()) {
    for (std::size_t row = 0; row < right.size(); ++row) {
      if (is_sampled(right, row, options_.expected_right)) right_sample_.append(right.view(row));
    }
  }
  add_searched_right(right);
}

void Linker::keep_partners(const RecordSpan& right, std::uint32_t first_row,
                           std::span<const SearchResult> found) {
  std::vector<bool> kept(right.size());
  for (const SearchResult& part : found) {
    for (const CandidatePair& pair : part.pairs) kept[pair.right - first_row] = true;
  }
  for (std::uint32_t row = 0; row < right.size(); ++row) {
    if (!kept[row]) continue;
    partners_.rows.push_back(first_row + row);
    partners_.persons.push_back(right.persons[row]);
  }
}

void Linker::add_searched_right(const RecordSpan& right) {
  right_surnames_.resize(right_records_ + right.size());
  for_each_row(right.size(), [&](std::size_t row) {
    ids_.add_right(valid_number(right.persons[row]));
    right_surnames_[right_records_ + row] = surname_value(right.persons[row].name);
  });
  for (std::size_t row = 0; row < right.size() && !options_.one_table; ++row) {
    if (right.persons[row].household == 0) continue;
    right_households_.resize(right_records_ + row + 1);
    right_households_.back() = right.persons[row].household;
  }
  if (options_.tables == nullptr) terms_.add_right(right);
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

void Linker::count_tables() {
  if (options_.tables != nullptr) return;
  options_.tables = std::make_shared<const FrequencyTables>(
      FrequencyTables{.terms = std::move(terms_).tables(),
                      .keys = left_->census().all(),
                      .key_cap = left_->key_cap(),
                      .expected_right = options_.expected_right});
}

ScoredPairs Linker::finish() {
  count_tables();
  find_term_bits();
  if (!options_.one_table) find_unheld_numbers();
  ScoredPairs result;
  if (needs_training()) {
    result.models = train();
  } else {
    for (const auto& model : options_.models) result.models.push_back(*model);
    add_household_evidence();
  }
  for (std::uint8_t g = 0; g < options_.groups; ++g) score(g, result.models[g]);
  collect(result);
  return result;
}

std::vector<model::Model> Linker::train() {
  const bool two_tables = !options_.one_table;
  const PairTrainer trainer({.plan = options_.plan,
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
                             .random_pairs = options_.random_pairs});
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
  for (const SearchResult& part : found_) total += part.pairs.size();
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
                  .pairs_compared = compared_,
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

void Linker::find_term_bits() {
  const std::size_t columns = left_->records().text_count();
  term_bits_.resize(left_->size());
  column_bits_.resize(left_->size() * columns);
  for_each_row(left_->size(), [&](std::size_t row) {
    const compare::RecordView record = left_->records().view(row);
    const TermTables& terms = options_.tables->terms;
    term_bits_[row] = person_term_bits(terms, *record.person, options_.one_table);
    column_term_bits(terms, record.texts, options_.one_table,
                     std::span(column_bits_).subspan(row * columns, columns));
  });
}

model::TermBits Linker::term_bits(const CandidatePair& pair) const {
  const std::size_t columns = left_->records().text_count();
  model::TermBits bits{term_bits_[pair.left],
                       std::span(column_bits_).subspan(pair.left * columns, columns)};
  constexpr int kName = static_cast<int>(compare::Comparison::kName);
  if (model::term_of(kName, pair.vector) == static_cast<int>(model::Term::kSurname))
    keep_shared_surname(bits.person, surname_value(left_->records().persons[pair.left].name),
                        right_surnames_[pair.right]);
  return bits;
}

void Linker::score(std::uint8_t group, const model::Model& model) {
  const model::Scorer scorer(model);
  std::vector<CandidatePair>& pairs = found_[group].pairs;
  for_each_row(pairs.size(), [&](std::size_t i) {
    CandidatePair& pair = pairs[i];
    const bool unheld = !unheld_.empty() && unheld_[pair.left];
    pair.weight = static_cast<float>(scorer.weight(pair.vector, term_bits(pair), unheld));
  });
}

}  // namespace bidui::link
