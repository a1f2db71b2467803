#include "matcher/link/linker.h"

#include <algorithm>
#include <cmath>
#include <tbb/parallel_for.h>

#include "matcher/link/vector_counter.h"
#include "matcher/model/scorer.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::IdLevel;
using compare::level_at;
using compare::NameLevel;

constexpr std::size_t kSampleTarget = 40'000;    // right records kept for random pairs
constexpr std::size_t kRelativeSample = 40'000;  // left records whose relatives are sought
constexpr std::uint32_t kRelativeKinds =
    1U << static_cast<unsigned>(key::KeyKind::kPhone) |
    1U << static_cast<unsigned>(key::KeyKind::kHousehold) |
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
  sample_right(right, first_row);
  count_right(right);
  right_records_ += right.size();
}

void Linker::sample_right(const RecordTable& right, std::uint32_t first_row) {
  const double rate = static_cast<double>(kSampleTarget) / std::max(options_.expected_right, 1.0);
  const auto limit = static_cast<std::uint64_t>(std::min(rate, 1.0) * 4294967295.0);
  for (std::size_t i = 0; i < right.size(); ++i) {
    if ((mix64(first_row + i) & 0xFFFFFFFFU) > limit) continue;
    right_sample_.persons.push_back(right.persons[i]);
    const auto texts = right.view(i).texts;
    right_sample_.texts.insert(right_sample_.texts.end(), texts.begin(), texts.end());
  }
}

void Linker::count_right(const RecordTable& right) {
  for (const record::PersonFeatures& p : right.persons) {
    names_.add_right(p.name_hash);
    ids_.add_right(p.id_class == record::IdClass::kValid ? p.id_digits : 0);
  }
}

std::vector<model::VectorCount> Linker::random_vectors(std::uint8_t wanted) const {
  if (right_sample_.size() == 0) return {};
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < left_.size(); ++row) {
    if (group(row) == wanted) rows.push_back(row);
  }
  if (rows.empty()) return {};
  const std::size_t blocks = 16;
  std::vector<VectorCounter> counters(blocks);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    for (std::uint64_t i = block; i < options_.random_pairs / options_.groups; i += blocks) {
      const std::uint32_t l = rows[mix64(i * 2 + 1) % rows.size()];
      const std::size_t r = mix64(i * 2 + 2) % right_sample_.size();
      const compare::ComparisonVector vector =
          compare::compare_records(options_.plan, left_.view(l), right_sample_.view(r));
      // A match among random pairs is rare but would weigh much: equal numbers are no strangers.
      if (id_level(vector) == static_cast<int>(IdLevel::kEqual)) continue;
      counters[block].add(vector);
    }
  });
  std::vector<model::VectorCount> counts;
  for (const VectorCounter& counter : counters) {
    const auto part = counter.counts();
    counts.insert(counts.end(), part.begin(), part.end());
  }
  return model::merge_counts(std::move(counts));
}

std::vector<model::VectorCount> Linker::relative_vectors(std::uint8_t wanted) const {
  SearchOptions search_options;
  search_options.keep_weight = -1e9;
  search_options.accept = [&](std::uint32_t l, std::uint32_t r) {
    return l < r && group(l) == wanted && group(r) == wanted;
  };
  // A run of neighbouring rows, because households stand together.
  RecordTable sample(left_.text_count());
  const std::size_t size = std::min(left_.size(), kRelativeSample);
  sample.persons.assign(left_.persons.begin(),
                        left_.persons.begin() + static_cast<std::ptrdiff_t>(size));
  sample.texts.assign(left_.texts.begin(),
                      left_.texts.begin() + static_cast<std::ptrdiff_t>(size * left_.text_count()));
  const CandidateSearch search(options_.plan, left_, *index_, *preliminary_, search_options);
  VectorCounter counter;
  const std::vector<SearchResult> found = search.search(sample, 0, keys_of(sample));
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
    if (ids_.left_count(id) == 1 && ids_.right_count(id) == 1) counter.add(pair.vector);
  }
  return counter.counts();
}

model::TrainingData Linker::training_data(std::uint8_t wanted, double left_records) const {
  model::TrainingData data;
  data.candidates = found_[wanted].counts;
  data.random = random_vectors(wanted);
  data.relatives = relative_vectors(wanted);
  data.anchored =
      options_.one_table ? std::vector<model::VectorCount>{} : anchored_vectors(wanted);
  data.left = left_records;
  data.right = static_cast<double>(right_records_);
  if (options_.one_table) data.right /= 2;  // each unordered pair once
  return data;
}

ScoredPairs Linker::finish(const std::vector<model::Model>& models) {
  ScoredPairs result;
  result.models = models;
  std::vector<double> group_sizes(options_.groups);
  for (std::uint32_t row = 0; row < left_.size(); ++row) group_sizes[group(row)] += 1;
  for (std::uint8_t g = 0; models.empty() && g < options_.groups; ++g) {
    const model::TrainingData data = training_data(g, group_sizes[g]);
    const model::Model start = model::default_model(options_.plan, data.left, data.right);
    result.models.push_back(model::train(start, data));
  }
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

double Linker::name_frequency(const CandidatePair& pair) const {
  const std::uint32_t name = left_.persons[pair.left].name_hash;
  // Both sides together, because a matched person is counted on both.
  const double bearers = names_.right_count(name) + names_.left_count(name);
  return std::max(bearers, 2.0) / static_cast<double>(right_records_ + left_.size());
}

void Linker::score(const std::vector<model::Model>& models) {
  for (std::size_t g = 0; g < found_.size(); ++g) {
    const model::Scorer scorer(models[g]);
    std::vector<CandidatePair>& pairs = found_[g].pairs;
    constexpr std::size_t kBlock = 16384;
    tbb::parallel_for(std::size_t{0}, (pairs.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
      for (std::size_t i = block * kBlock; i < std::min(pairs.size(), (block + 1) * kBlock); ++i) {
        pairs[i].weight =
            static_cast<float>(scorer.weight(pairs[i].vector, name_frequency(pairs[i])));
      }
    });
  }
}

}  // namespace bidui::link
