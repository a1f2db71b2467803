#include "matcher/link/error_share.h"

#include <algorithm>
#include <cmath>

namespace bidui::link {
namespace {

// Errors that a pair is allowed beyond the model's expectation when a stratum's errors are shared
// out: where the model is certain, pairs count alike.
constexpr double kUnexpectedError = .002;
constexpr double kWhole = 1 - 1e-9;

double share_weight(const CellTally& cell) {
  return cell.expected_errors + kUnexpectedError * static_cast<double>(cell.pairs);
}

const CellTally* cell_of(const ErrorTally& tally, const TallyCell& at) {
  const auto found = tally.cells.find(at);
  return found == tally.cells.end() ? nullptr : &found->second;
}

// A stratum as a group sees it.
struct Part {
  model::SampledStratum stratum{};  // its share is of the errors that were not seen in own cells
  double share = 0;                 // of all errors
  double members = 0;               // pairs of the group that were not seen
  double seen = 0;                  // errors in the group's own cells
  double seen_by_share = 0;         // those that the model's share leads one to expect there

  void add(const CellTally& own, const CellAnswers& answers, double cell_share, double errors) {
    const double pairs = static_cast<double>(own.pairs);
    const double looked_at = static_cast<double>(answers.trials) / pairs;
    share += cell_share;
    stratum.share += cell_share * (1 - looked_at);
    members += pairs - static_cast<double>(answers.trials);
    seen += static_cast<double>(answers.errors);
    seen_by_share += std::min(errors * cell_share, pairs) * looked_at;
  }
};

Part part_of(const ErrorTally& group, const ErrorTally& all, const ReviewedStratum& stratum) {
  double weight = 0;
  double expected = 0;
  Part part;
  for (const TallyCell& at : stratum.cells) {
    const CellTally* const cell = cell_of(all, at);
    if (cell == nullptr) continue;
    part.stratum.population += static_cast<double>(cell->pairs);
    expected += cell->expected_errors;
    weight += share_weight(*cell);
  }
  part.stratum.share = 0;
  if (weight <= 0) return part;
  part.stratum.trials = stratum.trials;
  part.stratum.hits = stratum.errors;
  part.stratum.assumed_rate = expected / part.stratum.population;
  const double rate = stratum.trials == 0 ? part.stratum.assumed_rate
                                          : static_cast<double>(stratum.errors) /
                                                static_cast<double>(stratum.trials);
  for (std::size_t i = 0; i < stratum.cells.size(); ++i) {
    const CellTally* const own = cell_of(group, stratum.cells[i]);
    if (own == nullptr || own->pairs == 0) continue;
    // Whose answers are whose is known only where the group has the whole cell.
    const bool alone = own->pairs == cell_of(all, stratum.cells[i])->pairs;
    part.add(*own, alone && !stratum.answers.empty() ? stratum.answers[i] : CellAnswers{},
             share_weight(*own) / weight, part.stratum.population * rate);
  }
  return part;
}

model::Estimate times(const model::Estimate& estimate, double factor) {
  return {estimate.value * factor,
          {estimate.interval.low * factor, estimate.interval.high * factor}};
}

// Of the strata that the group shares with others.
model::Estimate shared_errors(const std::vector<Part>& parts, double spread) {
  std::vector<model::SampledStratum> own;
  std::vector<model::SampledStratum> whole;
  double members = 0;
  double seen = 0;
  double seen_by_share = 0;
  for (const Part& part : parts) {
    own.push_back(part.stratum);
    whole.push_back(part.stratum);
    whole.back().share = 1;
    members += part.members;
    seen += part.seen;
    seen_by_share += part.seen_by_share;
  }
  const model::Estimate unseen = model::estimate_total(own);
  const double most = model::estimate_total(whole).interval.high;
  // A gamma prior around the model's share, and the errors seen as Poisson's: a gamma again.
  const double shape = 1 / (spread * spread);
  const double factor = (shape + seen) / (shape + seen_by_share);
  const model::Estimate rest = model::with_chance(
      times(unseen, factor),
      {.share = most > 0 ? unseen.interval.high / most : 0, .spread = 1 / std::sqrt(shape + seen)});
  return {seen + std::min(rest.value, members),
          {seen + std::clamp(rest.interval.low, 0.0, members),
           seen + std::min(rest.interval.high, members)}};
}

}  // namespace

model::Estimate group_errors(const ErrorTally& group, const ErrorTally& all,
                             std::span<const ReviewedStratum> strata, double spread) {
  std::vector<model::SampledStratum> alone;
  std::vector<Part> shared;
  for (const ReviewedStratum& stratum : strata) {
    Part part = part_of(group, all, stratum);
    if (part.share >= kWhole) {
      part.stratum.share = 1;
      alone.push_back(part.stratum);
    } else if (part.share > 0) {
      shared.push_back(part);
    }
  }
  const model::Estimate own = model::estimate_total(alone);
  if (shared.empty()) return own;
  const model::Estimate part = shared_errors(shared, spread);
  return model::sum_of(own, part);
}

}  // namespace bidui::link
