#include "matcher/model/train.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "matcher/model/scorer.h"

namespace bidui::model {
namespace {

using compare::kContextCount;
using compare::kLevelCount;

// Weighted counts of levels; `shared_context`: all contexts count as context 0.
class LevelCounter {
 public:
  LevelCounter(int comparisons, bool shared_context)
      : comparisons_(comparisons), shared_context_(shared_context) {}

  void add(ComparisonVector vector, double weight) {
    for (int c = 0; c < comparisons_; ++c) {
      const auto level = static_cast<std::size_t>(compare::level_at(vector, c));
      if (level == 0) continue;
      const auto context =
          static_cast<std::size_t>(shared_context_ ? 0 : compare::context_of(c, vector));
      counts_.p[static_cast<std::size_t>(c)][context][level] += weight;
    }
  }

  // Probabilities with `prior` counting as `pseudo_count` observations per comparison and context.
  LevelTable table(const LevelTable& prior, double pseudo_count) const {
    LevelTable result = prior;
    for (std::size_t c = 0; c < static_cast<std::size_t>(comparisons_); ++c) {
      for (std::size_t context = 0; context < kContextCount; ++context) {
        const auto& counts = counts_.p[c][shared_context_ ? 0 : context];
        double sum = pseudo_count;
        for (std::size_t level = 1; level < kLevelCount; ++level) sum += counts[level];
        if (sum <= 0) continue;
        for (std::size_t level = 1; level < kLevelCount; ++level) {
          result.p[c][context][level] =
              (counts[level] + pseudo_count * prior.p[c][context][level]) / sum;
        }
      }
    }
    return result;
  }

 private:
  int comparisons_;
  bool shared_context_;
  LevelTable counts_{};
};

LevelTable table_of(const std::vector<VectorCount>& counts, const LevelTable& prior,
                    double pseudo_count, int comparisons, bool shared_context) {
  LevelCounter counter(comparisons, shared_context);
  for (const VectorCount& c : counts) counter.add(c.vector, static_cast<double>(c.count));
  return counter.table(prior, pseudo_count);
}

// Enough anchored pairs to trust them alone.
constexpr double kEnoughAnchored = 300;

// What anchored pairs cannot say: the levels of the number that anchored them.
void keep_id_levels(const LevelTable& start, LevelTable& table) {
  constexpr auto kId = static_cast<std::size_t>(compare::Comparison::kId);
  table.p[kId] = start.p[kId];
}

// A million random pairs hold a handful of the rare levels, or none: none is no evidence that
// strangers never look so.
void keep_rare_id_levels(const LevelTable& start, LevelTable& table) {
  constexpr auto kId = static_cast<std::size_t>(compare::Comparison::kId);
  for (std::size_t context = 0; context < kContextCount; ++context) {
    for (std::size_t level = 1; level < kLevelCount; ++level) {
      double& p = table.p[kId][context][level];
      p = std::max(p, start.p[kId][context][level]);
    }
  }
}

// Relatives of one name are counted within the sources, where they are known to be two; among the
// candidates they look like matches without a number.
void keep_name_levels(const LevelTable& start, LevelTable& table) {
  constexpr auto kName = static_cast<std::size_t>(compare::Comparison::kName);
  table.p[kName] = start.p[kName];
}

// A number that a clerk copied from a wife or brother agrees fully while the name does not.
// Anchored pairs hold such rows unseen, and EM can only tell them from a misspelt name by what is
// known of both: names of one person seldom have nothing in common, and about one record in a
// hundred carries the number of a relative, whichever of them it is.
constexpr double kMostContradictingNames = .002;  // of the matches, per level
// Of the matches; orders of magnitude: a corrected birth date changes the number, a second number
// of the same birth date is a clerk's accident (重号), and a slip that breaks no check digit is
// none.
constexpr double kMostReissued = .0005;
constexpr double kMostNeighbours = 2e-5;
constexpr double kCopiedNumbers = .01;  // per record
constexpr double kLeastUnlikeRelatives =
    .2;  // of these, with another surname; as many with the same

void respect_copied_numbers(double relatives_per_record, LevelTable& match, LevelTable& relative) {
  using compare::NameLevel;
  const auto cap = [&](NameLevel level) {
    for (auto& levels : match.p[static_cast<std::size_t>(compare::Comparison::kName)]) {
      double& p = levels[static_cast<std::size_t>(level)];
      p = std::min(p, kMostContradictingNames);
    }
  };
  const auto raise = [&](compare::Comparison comparison, std::size_t level, double least) {
    for (auto& levels : relative.p[static_cast<std::size_t>(comparison)])
      levels[level] = std::max(levels[level], least);
  };
  // Two valid numbers are two people's but for what offices issue anew or somebody alters.
  for (auto& levels : match.p[static_cast<std::size_t>(compare::Comparison::kId)]) {
    double& reissued = levels[static_cast<std::size_t>(compare::IdLevel::kReissued)];
    double& neighbour = levels[static_cast<std::size_t>(compare::IdLevel::kNeighbour)];
    reissued = std::min(reissued, kMostReissued);
    neighbour = std::min(neighbour, kMostNeighbours);
  }
  cap(NameLevel::kSurnameOnly);
  cap(NameLevel::kOneGivenOnly);
  cap(NameLevel::kDifferent);
  raise(compare::Comparison::kId, static_cast<std::size_t>(compare::IdLevel::kEqual),
        kCopiedNumbers / std::max(relatives_per_record, 1.0));
  raise(compare::Comparison::kName, static_cast<std::size_t>(NameLevel::kSurnameOnly),
        kLeastUnlikeRelatives);
  raise(compare::Comparison::kName, static_cast<std::size_t>(NameLevel::kDifferent),
        kLeastUnlikeRelatives);
}

double total(const std::vector<VectorCount>& counts) {
  double sum = 0;
  for (const VectorCount& c : counts) sum += static_cast<double>(c.count);
  return sum;
}

// A level that no random pair showed may still be as frequent as one in twice their number; a
// smaller guess would make chance agreements look like evidence. ID numbers are left at their
// prior: their space is known to be sparse.
void raise_unseen_levels(const std::vector<VectorCount>& random, LevelTable& table,
                         int comparisons) {
  for (int c = 0; c < comparisons; ++c) {
    if (c == static_cast<int>(compare::Comparison::kId)) continue;
    double observed = 0;
    for (const VectorCount& v : random) {
      if (compare::level_at(v.vector, c) != 0) observed += static_cast<double>(v.count);
    }
    if (observed < 1) continue;
    for (auto& levels : table.p[static_cast<std::size_t>(c)]) {
      for (std::size_t level = 1; level < kLevelCount; ++level) {
        if (levels[level] > 0) levels[level] = std::max(levels[level], 0.5 / observed);
      }
    }
  }
}

struct Expectation {
  LevelCounter match;
  LevelCounter relative;
  double matches = 0;
  double relatives = 0;
  double log_likelihood = 0;
  double pairs = 0;
};

Expectation expect(const Model& model, const TrainingData& data) {
  const int comparisons = model.plan.comparison_count();
  Expectation e{LevelCounter(comparisons, false), LevelCounter(comparisons, true)};
  const Scorer scorer(model);
  for (const VectorCount& c : data.candidates) {
    const ClassScores scores = scorer.score(c.vector, 0);
    const double high = std::max({scores.match, scores.relative, scores.stranger});
    const double match = std::exp2(scores.match - high);
    const double relative = std::exp2(scores.relative - high);
    const double sum = match + relative + std::exp2(scores.stranger - high);
    const auto count = static_cast<double>(c.count);
    e.match.add(c.vector, count * match / sum);
    e.relative.add(c.vector, count * relative / sum);
    e.matches += count * match / sum;
    e.relatives += count * relative / sum;
    e.log_likelihood += count * (high + std::log2(sum)) * 0.6931471805599453;
    e.pairs += count;
  }
  return e;
}

double rounded(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 8)
          .ptr;
  std::from_chars(text.data(), end, value);
  return value;
}

void round_for_file(Model& model) {
  for (LevelTable* table : {&model.match, &model.relative, &model.stranger}) {
    for (auto& contexts : table->p) {
      for (auto& levels : contexts) std::ranges::transform(levels, levels.begin(), rounded);
    }
  }
  for (double* value : {&model.match_share, &model.relative_share, &model.log_likelihood})
    *value = rounded(*value);
}

}  // namespace

std::vector<VectorCount> merge_counts(std::vector<VectorCount> counts) {
  std::ranges::sort(counts, {}, &VectorCount::vector);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept != 0 && counts[kept - 1].vector == counts[i].vector) {
      counts[kept - 1].count += counts[i].count;
    } else {
      counts[kept++] = counts[i];
    }
  }
  counts.resize(kept);
  return counts;
}

Model train(const Model& start, const TrainingData& data, const TrainingOptions& options) {
  Model model = start;
  const int comparisons = model.plan.comparison_count();
  const double all_pairs = std::max(data.left * data.right, 1.0);
  model.stranger =
      table_of(data.random, start.stranger, options.stranger_pseudo_count, comparisons, true);
  keep_rare_id_levels(start.stranger, model.stranger);
  raise_unseen_levels(data.random, model.stranger, comparisons);
  const LevelTable relative_prior =
      table_of(data.relatives, start.relative, options.relative_pseudo_count, comparisons, true);
  model.relative = relative_prior;
  LevelTable match_start =
      table_of(data.anchored, start.match, options.match_pseudo_count, comparisons, true);
  keep_id_levels(start.match, match_start);
  // Anchored pairs are a sample of the matches whose other fields err as usual; left free, EM would
  // let the matches swallow people of one name. Without enough of them it has to find the levels
  // itself.
  const bool anchored = total(data.anchored) >= kEnoughAnchored;
  model.match = match_start;
  model.converged = false;
  for (model.iterations = 0; model.iterations < options.max_iterations && !model.converged;
       ++model.iterations) {
    const Expectation e = expect(model, data);
    // No record has more than one partner.
    const double match_share =
        std::clamp(e.matches, 0.5, std::max(std::min(data.left, data.right), 1.0)) / all_pairs;
    const double change = std::abs(match_share - model.match_share) / match_share;
    const LevelTable refined = e.match.table(start.match, options.match_pseudo_count);
    if (anchored) {
      keep_id_levels(refined, model.match);
    } else {
      model.match = refined;
    }
    model.relative = e.relative.table(relative_prior, options.relative_pseudo_count);
    if (anchored) {
      keep_name_levels(relative_prior, model.relative);
      respect_copied_numbers(model.relative_share * data.right, model.match, model.relative);
    }
    model.match_share = match_share;
    model.relative_share = std::max(e.relatives, 0.5) / all_pairs;
    model.log_likelihood = e.pairs > 0 ? e.log_likelihood / e.pairs : 0;
    model.converged = change < options.tolerance;
  }
  round_for_file(model);
  return model;
}

}  // namespace bidui::model
