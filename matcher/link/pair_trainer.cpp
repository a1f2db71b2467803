#include "matcher/link/pair_trainer.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include "matcher/link/pair_odds.h"
#include "matcher/link/vector_counter.h"
#include "matcher/model/train_household.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::IdLevel;
using compare::level_at;
using compare::NameLevel;

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

void sort_by_content(const RecordTable& table, std::vector<std::uint32_t>& rows) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed;
  hashed.reserve(rows.size());
  for (const std::uint32_t row : rows) hashed.emplace_back(table.content_hash(row), row);
  std::ranges::sort(hashed);
  std::ranges::transform(hashed, rows.begin(), [](const auto& entry) { return entry.second; });
}

RecordTable rows_of(const RecordTable& table, std::span<const std::uint32_t> rows) {
  RecordTable result(table.text_count());
  result.reserve(rows.size());
  for (const std::uint32_t row : rows) result.append(table.view(row));
  return result;
}

}  // namespace

void append_sampled(const RecordSpan& records, double rows, std::vector<std::uint32_t>& sampled) {
  const double rate = static_cast<double>(kSampleTarget) / std::max(rows, 1.0);
  const auto limit = static_cast<std::uint64_t>(std::min(rate, 1.0) * 4294967295.0);
  const auto append = [&](std::size_t row, std::uint64_t hash) {
    if ((hash & 0xFFFFFFFFU) <= limit) sampled.push_back(static_cast<std::uint32_t>(row));
  };
  std::size_t row = 0;
  for (; row + RecordSpan::kHashedRows <= records.size(); row += RecordSpan::kHashedRows) {
    const auto hashes = records.content_hashes(row);
    for (std::size_t i = 0; i < hashes.size(); ++i) append(row + i, hashes[i]);
  }
  for (; row < records.size(); ++row) append(row, records.content_hash(row));
}

PairTrainer::PairTrainer(const TrainerInput& input) : input_(input) {
  const std::vector<std::uint32_t> sample = left_sample();
  sampled_rows_ = static_cast<double>(sample.size());
  tbb::parallel_invoke([&] { random_ = random_vectors(sample); },
                       [&] { relatives_ = relative_vectors(sample); },
                       [&] {
                         if (!input_.one_table) find_sure_partners();
                       });
}

std::vector<std::uint32_t> PairTrainer::left_sample() const {
  const RecordSpan records = input_.left.records().span();
  const auto rows = static_cast<double>(records.size());
  constexpr std::size_t kBlock = 4096;
  std::vector<std::vector<std::uint32_t>> parts((records.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t block) {
    const std::size_t end = std::min(records.size(), (block + 1) * kBlock);
    append_sampled(records.rows(block * kBlock, end), rows, parts[block]);
  });
  std::vector<std::uint32_t> sample;
  for (std::size_t block = 0; block < parts.size(); ++block) {
    for (const std::uint32_t row : parts[block])
      sample.push_back(static_cast<std::uint32_t>(block * kBlock) + row);
  }
  sort_by_content(input_.left.records(), sample);
  return sample;
}

std::vector<model::VectorCount> PairTrainer::random_vectors(
    std::span<const std::uint32_t> rows) const {
  if (input_.right_sample.size() == 0 || rows.empty()) return {};
  std::vector<std::uint32_t> right_rows(input_.right_sample.size());
  std::iota(right_rows.begin(), right_rows.end(), 0U);
  sort_by_content(input_.right_sample, right_rows);
  // Copies that lie together: the pairs jump about in them.
  const RecordTable lefts = rows_of(input_.left.records(), rows);
  const RecordTable rights = rows_of(input_.right_sample, right_rows);
  constexpr std::size_t kBlocks = 16;
  constexpr std::size_t kAhead = 32;  // pairs whose cache lines are asked for together
  std::vector<VectorCounter> counters(kBlocks);
  tbb::parallel_for(std::size_t{0}, kBlocks, [&](std::size_t block) {
    std::array<std::pair<std::size_t, std::size_t>, kAhead> ahead;
    for (std::uint64_t i = block; i < input_.random_pairs;) {
      std::size_t count = 0;
      for (; count < kAhead && i < input_.random_pairs; i += kBlocks) {
        const auto& [l, r] =
            ahead[count++] = {mix64(i * 2 + 1) % lefts.size(), mix64(i * 2 + 2) % rights.size()};
        lefts.prefetch(l);
        rights.prefetch(r);
      }
      for (const auto& [l, r] : std::span(ahead).first(count)) {
        const compare::ComparisonVector vector =
            compare::compare_records(input_.plan, lefts.view(l), rights.view(r));
        if (input_.one_table && lefts.content_hash(l) == rights.content_hash(r)) continue;
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

std::vector<model::VectorCount> PairTrainer::relative_vectors(
    std::span<const std::uint32_t> rows) const {
  const RecordTable sample = rows_of(input_.left.records(), rows);
  std::vector<bool> sampled(input_.left.records().size());
  for (const std::uint32_t row : rows) sampled[row] = true;
  SearchOptions search_options;
  search_options.keep_weight = std::numeric_limits<double>::infinity();  // all are only counted
  // Two rows of the sample find each other from both sides; one counts.
  search_options.accept = [&](std::uint32_t l, std::uint32_t r) {
    return group(l) == group(rows[r]) && l != rows[r] && (!sampled[l] || l < rows[r]);
  };
  // Relatives are to be found whether or not they have better keys for being the same person.
  const auto keys_of_all = [keys_of = input_.left.keys_of(sample.span())](std::size_t row,
                                                                          key::KeyList& keys) {
    keys_of(row, keys);
    keys.keep_if([](const key::FuzzyKey& key) {
      return (kRelativeKinds >> static_cast<unsigned>(key.kind) & 1U) != 0;
    });
    keys.meet_all();
  };
  const CandidateSearch search(input_.plan, input_.left.records(), input_.left.index(),
                               input_.preliminary, search_options);
  std::vector<model::VectorCount> counts =
      std::move(search.search(sample.span(), 0, keys_of_all).front().counts);
  std::erase_if(counts, [](const model::VectorCount& c) { return may_be_duplicate(c.vector); });
  return counts;
}

std::vector<model::VectorCount> PairTrainer::anchored_vectors(std::uint8_t wanted) const {
  return count_pairs(wanted, [&](const CandidatePair& pair) {
    if (id_level(pair.vector) != static_cast<int>(IdLevel::kEqual)) return false;
    const std::uint64_t id = input_.left.records().persons[pair.left].id_digits;
    const std::uint32_t own = input_.ids.left_count(id);
    return input_.one_table ? own == 2 : own == 1 && input_.ids.right_count(id) == 1;
  });
}

model::Model PairTrainer::train(std::uint8_t wanted) const {
  model::TrainingData data;
  data.candidates = input_.found[wanted].counts;
  data.random = random_;
  data.relatives = relatives_;
  for (const model::VectorCount& c : relatives_)
    data.relatives_per_record += static_cast<double>(c.count) / std::max(sampled_rows_, 1.0);
  data.anchored = anchored_vectors(wanted);
  if (!input_.one_table)
    data.apart = count_pairs(wanted, [&](const CandidatePair& pair) { return is_apart(pair); });
  for (std::uint32_t row = 0; row < input_.left.size(); ++row)
    data.left += group(row) == wanted ? 1 : 0;
  data.right = input_.right_records;
  if (input_.one_table) {
    data.right /= 2;  // each unordered pair once
    constexpr double kMostPerRecord = 10;
    data.most_matches = std::min(data.left * kMostPerRecord, data.left * data.right);
  }
  return model::train(model::default_model(input_.plan, data.left, data.right), data);
}

void PairTrainer::find_sure_partners() {
  sure_partner_.assign(input_.left.records().size(), kNobody);
  for (const SearchResult& found : input_.found) {
    for (const CandidatePair& pair : found.pairs) {
      const std::uint64_t id = input_.left.records().persons[pair.left].id_digits;
      const int name = name_level(pair.vector);
      const bool same_name = name == static_cast<int>(NameLevel::kExact) ||
                             name == static_cast<int>(NameLevel::kVariant);
      if (id_level(pair.vector) == static_cast<int>(IdLevel::kEqual) && same_name &&
          input_.ids.right_count(id) == 1)
        sure_partner_[pair.left] = pair.right;
    }
  }
}

std::vector<model::VectorCount> PairTrainer::count_pairs(
    std::uint8_t wanted_group, const std::function<bool(const CandidatePair&)>& wanted) const {
  const std::vector<CandidatePair>& pairs = input_.found[wanted_group].pairs;
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

double PairTrainer::fit_prior(std::uint8_t wanted, const model::Model& model,
                              bool unheld_only) const {
  std::vector<bool> rows(input_.left.size());
  double count = 0;
  for (std::uint32_t row = 0; row < input_.left.size(); ++row) {
    rows[row] = group(row) == wanted && (input_.unheld[row] || !unheld_only);
    count += rows[row] ? 1 : 0;
  }
  return fit_pair_odds({.pairs = input_.found[wanted].pairs,
                        .left_rows = rows,
                        .left = count,
                        .right = input_.right_records,
                        .match_share = model.match_share,
                        .right_shared = (input_.right_shared >> wanted & 1U) != 0});
}

void PairTrainer::fit_priors(std::uint8_t group, model::Model& model) const {
  model.pair_odds = fit_prior(group, model, false);
  model.unheld_pair_odds = fit_prior(group, model, true);
}

void PairTrainer::train_household(std::uint8_t group, model::Model& model) const {
  const auto tells = [&](const CandidatePair& pair) {
    const bool has_evidence =
        level_at(pair.vector, static_cast<int>(Comparison::kHousehold)) != 0 ||
        level_at(pair.vector, static_cast<int>(Comparison::kHolder)) != 0;
    return has_evidence && !is_apart(pair);
  };
  model::train_household(model, count_pairs(group, tells));
}

}  // namespace bidui::link
