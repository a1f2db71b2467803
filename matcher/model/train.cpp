#include "matcher/model/train.h"

#include <algorithm>
#include <cmath>

#include "matcher/model/expectation.h"
#include "matcher/model/scorer.h"

namespace bidui::model {
namespace {

using compare::kContextCount;
using compare::kLevelCount;

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
  const auto raise_in = [](LevelTable& table, compare::Comparison comparison, std::size_t level,
                           double least) {
    for (auto& levels : table.p[static_cast<std::size_t>(comparison)])
      levels[level] = std::max(levels[level], least);
  };
  const auto raise = [&](compare::Comparison comparison, std::size_t level, double least) {
    raise_in(relative, comparison, level, least);
  };
  // Their own number contradicts it: a relative's, of the same county or from where she married.
  for (const auto level : {compare::IdLevel::kRegion, compare::IdLevel::kDifferent})
    raise_in(match, compare::Comparison::kId, static_cast<std::size_t>(level), kCopiedNumbers / 2);
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
    const Expectation e = expect(model, data.candidates, data.apart);
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
