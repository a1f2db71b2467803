#include "matcher/model/train.h"

#include <algorithm>
#include <array>
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

// Enough pairs of a kind to trust them alone.
constexpr double kEnough = 300;

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

// Two valid numbers are two people's but for what offices issue anew or somebody alters.
void respect_valid_numbers(LevelTable& match) {
  for (auto& levels : match.p[static_cast<std::size_t>(compare::Comparison::kId)]) {
    double& reissued = levels[static_cast<std::size_t>(compare::IdLevel::kReissued)];
    double& neighbour = levels[static_cast<std::size_t>(compare::IdLevel::kNeighbour)];
    reissued = std::min(reissued, kMostReissued);
    neighbour = std::min(neighbour, kMostNeighbours);
  }
}

// Where nothing anchors the matches, their numbers and (Chinese) names may differ more often than
// is known of offices, but not mostly: a file without duplicates has no matches, and EM would take
// for such the members of a household, or the people of one police station whose sequence is the
// same.
void bound_contradictions(const LevelTable& start, LevelTable& match) {
  constexpr double kMost = 4;  // times what is known
  const auto bound = [&](compare::Comparison comparison, auto first, auto last) {
    const auto at = static_cast<std::size_t>(comparison);
    for (std::size_t context = 0; context < kContextCount; ++context) {
      for (auto l = static_cast<std::size_t>(first); l <= static_cast<std::size_t>(last); ++l) {
        double& p = match.p[at][context][l];
        p = std::min(p, kMost * start.p[at][context][l]);
      }
    }
  };
  bound(compare::Comparison::kId, compare::IdLevel::kRegionSequence, compare::IdLevel::kDifferent);
  bound(compare::Comparison::kName, compare::NameLevel::kGivenOnly, compare::NameLevel::kDifferent);
}

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

// How many comparisons say something in most candidate pairs. Two of them fit any division of the
// pairs into matches and others as well as the true one.
constexpr int kFewestComparisons = 3;

int telling_comparisons(const std::vector<VectorCount>& candidates, int comparisons) {
  int telling = 0;
  for (int c = 0; c < comparisons; ++c) {
    double known = 0;
    for (const VectorCount& v : candidates)
      known += compare::level_at(v.vector, c) != 0 ? static_cast<double>(v.count) : 0;
    telling += known * 2 > total(candidates) ? 1 : 0;
  }
  return telling;
}

// The largest change of a level's probability.
double distance(const LevelTable& a, const LevelTable& b, int comparisons) {
  double most = 0;
  for (std::size_t c = 0; c < static_cast<std::size_t>(comparisons); ++c) {
    for (std::size_t context = 0; context < kContextCount; ++context) {
      for (std::size_t level = 1; level < kLevelCount; ++level)
        most = std::max(most, std::abs(a.p[c][context][level] - b.p[c][context][level]));
    }
  }
  return most;
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

namespace {

// Strangers' levels from the random pairs. Those of small files hold matches: a pair counts as far
// as it is none under `model`, but no more than the model's share of matches is taken away, so that
// a model that cannot tell namesakes from matches does not declare them all matches.
LevelTable strangers_of(const std::vector<VectorCount>& random, const Model& start,
                        const Model& model, const TrainingOptions& options) {
  const int comparisons = start.plan.comparison_count();
  const Scorer scorer(model);
  std::vector<double> matches;
  double sum = 0;
  for (const VectorCount& c : random) {
    matches.push_back(probability_of(scorer.weight(c.vector)));
    sum += matches.back() * static_cast<double>(c.count);
  }
  const double taken = sum > 0 ? std::min(1.0, model.match_share * total(random) / sum) : 0;
  LevelCounter counter(comparisons, true);
  for (std::size_t i = 0; i < random.size(); ++i) {
    counter.add(random[i].vector, static_cast<double>(random[i].count) * (1 - taken * matches[i]));
  }
  LevelTable table = counter.table(start.stranger, options.stranger_pseudo_count);
  keep_rare_id_levels(start.stranger, table);
  raise_unseen_levels(random, table, comparisons);
  return table;
}

// The steps of EM: what they start from and what stays fixed.
class Refinement {
 public:
  Refinement(const Model& start, const TrainingData& data, const TrainingOptions& options)
      : start_(start),
        data_(data),
        options_(options),
        comparisons_(start.plan.comparison_count()),
        all_pairs_(std::max(data.left * data.right, 1.0)),
        // Anchored pairs are a sample of the matches whose other fields err as usual; left free, EM
        // would let the matches swallow people of one name. Without enough of them it has to find
        // the levels itself.
        anchored_(total(data.anchored) >= kEnough),
        enough_relatives_(total(data.relatives) >= kEnough),
        identifiable_(telling_comparisons(data.candidates, comparisons_) >= kFewestComparisons),
        relatives_(table_of(data.relatives, start.relative, options.relative_pseudo_count,
                            comparisons_, true)) {
    const double one_partner_each = std::max(std::min(data.left, data.right), 1.0);
    most_matches_ = data.most_matches > 0 ? data.most_matches : one_partner_each;
  }

  Model first_guess() const {
    Model model = start_;
    model.stranger =
        table_of(data_.random, start_.stranger, options_.stranger_pseudo_count, comparisons_, true);
    keep_rare_id_levels(start_.stranger, model.stranger);
    raise_unseen_levels(data_.random, model.stranger, comparisons_);
    model.relative = relatives_;
    model.match =
        table_of(data_.anchored, start_.match, options_.match_pseudo_count, comparisons_, true);
    keep_id_levels(start_.match, model.match);
    model.iterations = 0;
    return model;
  }

  void refine(Model& model) const {
    model.converged = false;
    while (model.iterations < options_.max_iterations && !model.converged) step(model);
  }

 private:
  void step(Model& model) const {
    const Expectation e = expect(model, data_.candidates, data_.apart);
    const double match_share = std::clamp(e.matches, 0.5, most_matches_) / all_pairs_;
    const double change = std::abs(match_share - model.match_share) / match_share;
    const LevelTable before = model.match;
    const LevelTable refined = e.match.table(start_.match, options_.match_pseudo_count);
    if (anchored_) {
      keep_id_levels(refined, model.match);
    } else if (identifiable_) {
      model.match = refined;
      bound_contradictions(start_.match, model.match);
    }
    // Among the candidates EM would take pairs for relatives that are nothing but alike.
    if (enough_relatives_) {
      model.relative = relatives_;
    } else if (anchored_ || identifiable_) {
      model.relative = e.relative.table(relatives_, options_.relative_pseudo_count);
    }
    respect_valid_numbers(model.match);
    if (anchored_)
      respect_copied_numbers(model.relative_share * data_.right, model.match, model.relative);
    model.match_share = match_share;
    // Few relatives share a key, but their levels are those of all: so must be their number.
    const double relatives = enough_relatives_ ? data_.relatives_per_record * data_.left : 0;
    model.relative_share = std::max({e.relatives, relatives, 0.5}) / all_pairs_;
    model.log_likelihood = e.pairs > 0 ? e.log_likelihood / e.pairs : 0;
    ++model.iterations;
    // The share alone stands still where it is at its limit.
    model.converged = change < options_.tolerance &&
                      distance(before, model.match, comparisons_) < options_.level_tolerance;
  }

  const Model& start_;
  const TrainingData& data_;
  const TrainingOptions& options_;
  int comparisons_;
  double all_pairs_;
  double most_matches_;
  bool anchored_;
  bool enough_relatives_;  // known to be two people: their levels are those counted
  bool identifiable_;      // else the levels stay where they start, only the shares are found
  LevelTable relatives_;
};

}  // namespace

void order_places(Model& model) {
  using compare::AddressLevel;
  constexpr std::array kFromNear = {AddressLevel::kHouse, AddressLevel::kGroup,
                                    AddressLevel::kVillage, AddressLevel::kTownship,
                                    AddressLevel::kCounty};
  constexpr auto kAddress = static_cast<std::size_t>(compare::Comparison::kAddress);
  for (std::size_t context = 0; context < kContextCount; ++context) {
    auto& match = model.match.p[kAddress][context];
    auto& stranger = model.stranger.p[kAddress][context];
    for (std::size_t i = 1; i < kFromNear.size(); ++i) {
      const auto near = static_cast<std::size_t>(kFromNear[i - 1]);
      const auto far = static_cast<std::size_t>(kFromNear[i]);
      if (match[near] <= 0) continue;
      const double wanted = match[far] * stranger[near] / match[near];
      stranger[far] = std::max(stranger[far], std::min(wanted, 1.0));
      // Where hardly a match is as near (titles of flats in town), it would be no probability.
      if (wanted > 1) match[far] = match[near] / stranger[near];
    }
  }
}

Model train(const Model& start, const TrainingData& data, const TrainingOptions& options) {
  const Refinement refinement(start, data, options);
  Model model = refinement.first_guess();
  refinement.refine(model);
  constexpr int kRounds = 3;
  const double random_pairs = total(data.random);
  for (int round = 0; round < kRounds && model.match_share * random_pairs >= 1; ++round) {
    if (!model.converged) break;
    model.stranger = strangers_of(data.random, start, model, options);
    refinement.refine(model);
  }
  order_places(model);
  round_for_file(model);
  return model;
}

}  // namespace bidui::model
