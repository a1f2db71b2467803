#include "matcher/link/linker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "matcher/link/household_evidence.h"
#include "matcher/link/pair_odds.h"
#include "matcher/link/vector_counter.h"
#include "matcher/model/scorer.h"
#include "matcher/model/train_household.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::IdLevel;
using compare::level_at;
using compare::NameLevel;

constexpr std::size_t kSampleTarget = 40'000;  // records of a side, for random pairs and relatives
constexpr std::uint32_t kRelativeKinds =
    1U << static_cast<unsigned>(key::KeyKind::kPhone) |
    1U << static_cast<unsigned>(key::KeyKind::kSurnameVillageGroup);

int id_level(compare::ComparisonVector vector) {
  return level_at(vector, static_cast<int>(Comparison::kId));
}
int name_level(compare::ComparisonVector vector) {
  return level_at(vector, static_cast<int>(Comparison::kName));
}

// Two rows of one source that may be one person entered twice say nothing of relatives.
bool may_be_duplicate(compare::ComparisonVector vector) {
  const bool ids_differ = id_level(vector) >= static_cast<int>(IdLevel::kRegionBirth);
  const bool names_differ = name_level(vector) >= static_cast<int>(NameLevel::kPartial);
  return !ids_differ && !names_differ;
}

// Samples are taken by the content of rows, so that the model does not depend on their order: those
// whose hash is at most this, of about `rows`.
std::uint64_t sample_limit(double rows) {
  const double rate = static_cast<double>(kSampleTarget) / std::max(rows, 1.0);
  return static_cast<std::uint64_t>(std::min(rate, 1.0) * 4294967295.0);
}

bool is_sampled(std::uint64_t content_hash, std::uint64_t limit) {
  return (content_hash & 0xFFFFFFFFU) <= limit;
}

void sort_by_content(const RecordTable& table, std::vector<std::uint32_t>& rows) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed;
  hashed.reserve(rows.size());
  for (const std::uint32_t row : rows) hashed.emplace_back(table.content_hash(row), row);
  std::ranges::sort(hashed);
  std::ranges::transform(hashed, rows.begin(), [](const auto& entry) { return entry.second; });
}

void append_row(const RecordTable& from, std::size_t row, RecordTable& to) {
  to.persons.push_back(from.persons[row]);
  const auto texts = from.view(row).texts;
  to.texts.insert(to.texts.end(), texts.begin(), texts.end());
}

RecordTable rows_of(const RecordTable& table, std::span<const std::uint32_t> rows) {
  RecordTable result(table.text_count());
  result.reserve(rows.size());
  for (const std::uint32_t row : rows) append_row(table, row, result);
  return result;
}

}  // namespace

Linker::Linker(RecordTable left, std::vector<std::uint8_t> group_of, LinkerOptions options)
    : options_(std::move(options)),
      left_(std::move(left)),
      group_of_(std::move(group_of)),
      names_(left_.size()),
      ids_(left_.size()),
      right_sample_(left_.text_count()),
      found_(options_.groups) {
  for (const record::PersonFeatures& p : left_.persons) {
    names_.add_left(p.name_hash);
    ids_.add_left(p.id_class == record::IdClass::kValid ? p.id_digits : 0);
  }
  index_ = std::make_unique<KeyIndex>(left_.size(), keys_of(left_), options_.key_cap);
  const double left_records = static_cast<double>(left_.size());
  preliminary_ = std::make_unique<model::Scorer>(
      model::default_model(options_.plan, left_records, options_.expected_right));
}

Linker::~Linker() = default;

KeyFunction Linker::keys_of(const RecordTable& table) const {
  return [this, &table](std::size_t row, key::KeyList& keys) {
    key::append_person_keys(table.persons[row], keys);
    if (!options_.text_keys.pairs.empty())
      key::append_text_keys(options_.text_keys, table.view(row), keys);
  };
}

void Linker::add_right(const RecordTable& right) {
  const auto first_row = static_cast<std::uint32_t>(right_records_);
  SearchOptions search_options;
  // Free columns make the preliminary model a guess: keep more.
  search_options.keep_weight = options_.plan.texts.empty() ? -12 : -40;
  if (options_.one_table) {
    search_options.accept = [](std::uint32_t l, std::uint32_t r) { return l < r; };
  }
  search_options.group_of = group_of_.empty() ? nullptr : &group_of_;
  search_options.groups = options_.groups;
  const CandidateSearch search(options_.plan, left_, *index_, *preliminary_, search_options);
  std::vector<SearchResult> results = search.search(right, first_row, keys_of(right));
  for (std::size_t g = 0; g < results.size(); ++g) {
    compared_ += results[g].compared;
    append(found_[g], std::move(results[g]));
  }
  sample_right(right);
  count_right(right);
  right_records_ += right.size();
}

void Linker::sample_right(const RecordTable& right) {
  const std::uint64_t limit = sample_limit(options_.expected_right);
  for (std::size_t row = 0; row < right.size(); ++row) {
    if (is_sampled(right.content_hash(row), limit)) append_row(right, row, right_sample_);
  }
}

std::vector<std::uint32_t> Linker::left_sample() const {
  const std::uint64_t limit = sample_limit(static_cast<double>(left_.size()));
  std::vector<std::uint32_t> sample;
  for (std::uint32_t row = 0; row < left_.size(); ++row) {
    if (is_sampled(left_.content_hash(row), limit)) sample.push_back(row);
  }
  sort_by_content(left_, sample);
  return sample;
}

void Linker::count_right(const RecordTable& right) {
  for (const record::PersonFeatures& p : right.persons) {
    names_.add_right(p.name_hash);
    ids_.add_right(p.id_class == record::IdClass::kValid ? p.id_digits : 0);
  }
  for (std::size_t row = 0; row < right.size() && !options_.one_table; ++row) {
    if (right.persons[row].household == 0) continue;
    right_households_.resize(right_records_ + row + 1);
    right_households_.back() = right.persons[row].household;
  }
}

std::vector<model::VectorCount> Linker::random_vectors(std::span<const std::uint32_t> rows) const {
  if (right_sample_.size() == 0 || rows.empty()) return {};
  std::vector<std::uint32_t> right_rows(right_sample_.size());
  std::iota(right_rows.begin(), right_rows.end(), 0U);
  sort_by_content(right_sample_, right_rows);
  // Copies that lie together: the pairs jump about in them.
  const RecordTable lefts = rows_of(left_, rows);
  const RecordTable rights = rows_of(right_sample_, right_rows);
  constexpr std::size_t kBlocks = 16;
  constexpr std::size_t kAhead = 32;  // pairs whose cache lines are asked for together
  std::vector<VectorCounter> counters(kBlocks);
  tbb::parallel_for(std::size_t{0}, kBlocks, [&](std::size_t block) {
    std::array<std::pair<std::size_t, std::size_t>, kAhead> ahead;
    for (std::uint64_t i = block; i < options_.random_pairs;) {
      std::size_t count = 0;
      for (; count < kAhead && i < options_.random_pairs; i += kBlocks) {
        const auto& [l, r] =
            ahead[count++] = {mix64(i * 2 + 1) % lefts.size(), mix64(i * 2 + 2) % rights.size()};
        lefts.prefetch(l);
        rights.prefetch(r);
      }
      for (const auto& [l, r] : std::span(ahead).first(count)) {
        const compare::ComparisonVector vector =
            compare::compare_records(options_.plan, lefts.view(l), rights.view(r));
        if (options_.one_table && lefts.content_hash(l) == rights.content_hash(r)) continue;
        // A match among random pairs is rare but would weigh much: equal numbers are no strangers.
        if (id_level(vector) == static_cast<int>(IdLevel::kEqual)) continue;
        counters[block].add(vector);
      }
    }
  });
  std::vector<model::VectorCount> counts;
  for (const VectorCounter& counter : counters) {
    const auto part = counter.counts();
    counts.insert(counts.end(), part.begin(), part.end());
  }
  return model::merge_counts(std::move(counts));
}

std::vector<model::VectorCount> Linker::relative_vectors(
    std::span<const std::uint32_t> rows) const {
  const RecordTable sample = rows_of(left_, rows);
  std::vector<bool> sampled(left_.size());
  for (const std::uint32_t row : rows) sampled[row] = true;
  SearchOptions search_options;
  search_options.keep_weight = -1e9;
  // Two rows of the sample find each other from both sides; one counts.
  search_options.accept = [&](std::uint32_t l, std::uint32_t r) {
    return group(l) == group(rows[r]) && l != rows[r] && (!sampled[l] || l < rows[r]);
  };
  // Relatives are to be found whether or not they have better keys for being the same person.
  const auto keys_of_all = [keys_of = keys_of(sample)](std::size_t row, key::KeyList& keys) {
    keys_of(row, keys);
    keys.keep_if([](const key::FuzzyKey& key) {
      return (kRelativeKinds >> static_cast<unsigned>(key.kind) & 1U) != 0;
    });
    keys.meet_all();
  };
  const CandidateSearch search(options_.plan, left_, *index_, *preliminary_, search_options);
  VectorCounter counter;
  const std::vector<SearchResult> found = search.search(sample, 0, keys_of_all);
  for (const CandidatePair& pair : found[0].pairs) {
    if ((pair.kinds & kRelativeKinds) != 0 && !may_be_duplicate(pair.vector))
      counter.add(pair.vector);
  }
  return counter.counts();
}

std::vector<model::VectorCount> Linker::anchored_vectors(std::uint8_t wanted) const {
  VectorCounter counter;
  for (const CandidatePair& pair : found_[wanted].pairs) {
    if (id_level(pair.vector) != static_cast<int>(IdLevel::kEqual)) continue;
    const std::uint64_t id = left_.persons[pair.left].id_digits;
    const std::uint32_t own = ids_.left_count(id);
    const bool unique = options_.one_table ? own == 2 : own == 1 && ids_.right_count(id) == 1;
    if (unique) counter.add(pair.vector);
  }
  return counter.counts();
}

model::TrainingData Linker::training_data(std::uint8_t wanted, double left_records,
                                          const std::vector<model::VectorCount>& random,
                                          const std::vector<model::VectorCount>& relatives) const {
  model::TrainingData data;
  data.candidates = found_[wanted].counts;
  data.random = random;
  data.relatives = relatives;
  data.anchored = anchored_vectors(wanted);
  if (!options_.one_table)
    data.apart = count_pairs(wanted, [&](const CandidatePair& pair) { return is_apart(pair); });
  data.left = left_records;
  data.right = static_cast<double>(right_records_);
  if (options_.one_table) {
    data.right /= 2;  // each unordered pair once
    constexpr double kMostPerRecord = 10;
    data.most_matches = std::min(left_records * kMostPerRecord, data.left * data.right);
  }
  return data;
}

ScoredPairs Linker::finish(const std::vector<model::Model>& models) {
  ScoredPairs result;
  result.models = models;
  std::vector<double> group_sizes(options_.groups);
  for (std::uint32_t row = 0; row < left_.size(); ++row) group_sizes[group(row)] += 1;
  const std::vector<std::uint32_t> sample =
      models.empty() ? left_sample() : std::vector<std::uint32_t>{};
  const std::vector<model::VectorCount> random =
      models.empty() ? random_vectors(sample) : std::vector<model::VectorCount>{};
  const std::vector<model::VectorCount> relatives =
      models.empty() ? relative_vectors(sample) : std::vector<model::VectorCount>{};
  if (models.empty() && !options_.one_table) find_sure_partners();
  for (std::uint8_t g = 0; models.empty() && g < options_.groups; ++g) {
    const model::TrainingData data = training_data(g, group_sizes[g], random, relatives);
    const model::Model start = model::default_model(options_.plan, data.left, data.right);
    result.models.push_back(model::train(start, data));
  }
  const bool two_tables = !options_.one_table;
  if (two_tables) find_unheld_numbers();
  if (two_tables && models.empty()) {
    score(result.models);
    fit_priors(result.models);
  }
  if (two_tables) add_household_evidence();
  if (two_tables && models.empty()) train_households(result.models);
  score(result.models);
  for (SearchResult& part : found_) {
    result.pairs.insert(result.pairs.end(), part.pairs.begin(), part.pairs.end());
    std::vector<CandidatePair>().swap(part.pairs);
  }
  std::ranges::sort(result.pairs, [](const CandidatePair& a, const CandidatePair& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
  result.stats = {.left_records = left_.size(),
                  .right_records = right_records_,
                  .pairs_compared = compared_,
                  .pairs_kept = result.pairs.size(),
                  .index_entries = index_->entry_count(),
                  .keys = index_->counts()};
  return result;
}

void Linker::find_sure_partners() {
  sure_partner_.assign(left_.size(), kNobody);
  for (const SearchResult& found : found_) {
    for (const CandidatePair& pair : found.pairs) {
      const std::uint64_t id = left_.persons[pair.left].id_digits;
      const int name = name_level(pair.vector);
      const bool same_name = name == static_cast<int>(NameLevel::kExact) ||
                             name == static_cast<int>(NameLevel::kVariant);
      if (id_level(pair.vector) == static_cast<int>(IdLevel::kEqual) && same_name &&
          ids_.right_count(id) == 1)
        sure_partner_[pair.left] = pair.right;
    }
  }
}

std::vector<model::VectorCount> Linker::count_pairs(
    std::uint8_t wanted_group, const std::function<bool(const CandidatePair&)>& wanted) const {
  const std::vector<CandidatePair>& pairs = found_[wanted_group].pairs;
  constexpr std::size_t kBlock = 16384;
  std::vector<std::vector<model::VectorCount>> parts((pairs.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t block) {
    VectorCounter counter;
    for (std::size_t i = block * kBlock; i < std::min(pairs.size(), (block + 1) * kBlock); ++i) {
      if (wanted(pairs[i])) counter.add(pairs[i].vector);
    }
    parts[block] = counter.counts();
  });
  std::vector<model::VectorCount> counts;
  for (const auto& part : parts) counts.insert(counts.end(), part.begin(), part.end());
  return model::merge_counts(std::move(counts));
}

void Linker::add_household_evidence() {
  if (right_households_.empty()) return;
  const HouseholdEvidence evidence({.left = left_,
                                    .group_of = group_of_,
                                    .right_households = right_households_,
                                    .ids = ids_,
                                    .found = found_});
  for (SearchResult& found : found_) {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, found.pairs.size(), 16384),
                      [&](const tbb::blocked_range<std::size_t>& range) {
                        for (std::size_t i = range.begin(); i < range.end(); ++i)
                          found.pairs[i].vector = evidence.add_to(found.pairs[i]);
                      });
  }
}

void Linker::train_households(std::vector<model::Model>& models) const {
  const auto tells = [&](const CandidatePair& pair) {
    const bool has_evidence =
        level_at(pair.vector, static_cast<int>(Comparison::kHousehold)) != 0 ||
        level_at(pair.vector, static_cast<int>(Comparison::kHolder)) != 0;
    return has_evidence && !is_apart(pair);
  };
  for (std::uint8_t g = 0; g < models.size(); ++g)
    model::train_household(models[g], count_pairs(g, tells));
}

void Linker::find_unheld_numbers() {
  unheld_.assign(left_.size(), false);
  for (std::size_t row = 0; row < left_.size(); ++row) {
    const record::PersonFeatures& p = left_.persons[row];
    unheld_[row] = p.id_class == record::IdClass::kValid && ids_.right_count(p.id_digits) == 0;
  }
}

double Linker::fit_prior(std::uint8_t wanted, const model::Model& model, bool unheld_only) const {
  std::vector<bool> rows(left_.size());
  double count = 0;
  for (std::uint32_t row = 0; row < left_.size(); ++row) {
    rows[row] = group(row) == wanted && (unheld_[row] || !unheld_only);
    count += rows[row] ? 1 : 0;
  }
  return fit_pair_odds({.pairs = found_[wanted].pairs,
                        .left_rows = rows,
                        .left = count,
                        .right = static_cast<double>(right_records_),
                        .match_share = model.match_share,
                        .right_shared = (options_.right_shared >> wanted & 1U) != 0});
}

void Linker::fit_priors(std::vector<model::Model>& models) const {
  for (std::uint8_t g = 0; g < models.size(); ++g) {
    models[g].pair_odds = fit_prior(g, models[g], false);
    models[g].unheld_pair_odds = fit_prior(g, models[g], true);
  }
}

double Linker::name_frequency(const CandidatePair& pair) const {
  return names_.share(left_.persons[pair.left].name_hash, right_records_ + left_.size());
}

void Linker::score(const std::vector<model::Model>& models) {
  for (std::size_t g = 0; g < found_.size(); ++g) {
    const model::Scorer scorer(models[g]);
    std::vector<CandidatePair>& pairs = found_[g].pairs;
    constexpr std::size_t kBlock = 16384;
    tbb::parallel_for(std::size_t{0}, (pairs.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
      for (std::size_t i = block * kBlock; i < std::min(pairs.size(), (block + 1) * kBlock); ++i) {
        pairs[i].weight = static_cast<float>(scorer.weight(
            pairs[i].vector, name_frequency(pairs[i]), !unheld_.empty() && unheld_[pairs[i].left]));
      }
    });
  }
}

}  // namespace bidui::link
