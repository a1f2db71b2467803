#include "matcher/link/error_rates.h"

#include <algorithm>
#include <set>

namespace bidui::link {
namespace {

// Errors that a pair is allowed beyond the model's expectation when a stratum's errors are shared
// out: where the model is certain, pairs count alike.
constexpr double kUnexpectedError = .002;

double share_weight(const CellTally& cell) {
  return cell.expected_errors + kUnexpectedError * static_cast<double>(cell.pairs);
}

struct CellSum {
  double pairs = 0;
  double expected = 0;
  double weight = 0;

  void add(const ErrorTally& tally, const TallyCell& at) {
    const auto found = tally.cells.find(at);
    if (found == tally.cells.end()) return;
    pairs += static_cast<double>(found->second.pairs);
    expected += found->second.expected_errors;
    weight += share_weight(found->second);
  }
};

model::SampledStratum sampled(const ErrorTally& group, const ErrorTally& all,
                              const ReviewedStratum& stratum) {
  CellSum own;
  CellSum whole;
  for (const TallyCell& cell : stratum.cells) {
    own.add(group, cell);
    whole.add(all, cell);
  }
  return {.population = whole.pairs,
          .trials = stratum.trials,
          .hits = stratum.errors,
          .assumed_rate = whole.pairs > 0 ? whole.expected / whole.pairs : 0,
          .share = whole.weight > 0 ? own.weight / whole.weight : 0};
}

// Of the whole the interval comes from the draw alone; the errors of a part are the strata's by the
// model's share, and chance.
model::Estimate total_of(const std::vector<model::SampledStratum>& strata) {
  constexpr double kWhole = 1 - 1e-9;
  bool part = false;
  double members = 0;
  for (const model::SampledStratum& stratum : strata) {
    part = part || (stratum.share > 0 && stratum.share < kWhole);
    members += stratum.population * stratum.share;
  }
  model::Estimate total = model::estimate_total(strata);
  if (part) total = model::with_chance(total);
  total.interval.high = std::min(total.interval.high, members);
  return total;
}

void set_rates(ErrorRates& rates) {
  const double links = static_cast<double>(rates.links);
  const auto rate = [&](double count) { return links > 0 ? std::min(count / links, 1.0) : 0; };
  const model::Estimate& wrong = rates.false_links;
  rates.false_rate = {rate(wrong.value), {rate(wrong.interval.low), rate(wrong.interval.high)}};
  const model::Estimate missed = {
      rates.missed_pairs.value + rates.missed_by_keys.value,
      {rates.missed_pairs.interval.low + rates.missed_by_keys.interval.low,
       rates.missed_pairs.interval.high + rates.missed_by_keys.interval.high}};
  const model::Estimate found = {links - wrong.value,
                                 {links - wrong.interval.high, links - wrong.interval.low}};
  rates.missed_rate = model::share_of(missed, found);
}

std::uint64_t links_of(const ErrorTally& tally) {
  std::uint64_t links = 0;
  for (const auto& [at, cell] : tally.cells) links += is_link_band(at.band) ? cell.pairs : 0;
  return links;
}

}  // namespace

ErrorRates expected_rates(const ErrorTally& group, std::optional<double> expected_matches) {
  ErrorRates rates;
  rates.links = links_of(group);
  for (const auto& [at, cell] : group.cells) {
    (is_link_band(at.band) ? rates.false_links : rates.missed_pairs).value += cell.expected_errors;
  }
  rates.missed_by_keys = group.missed_by_keys();
  set_rates(rates);
  rates.false_rate.interval = {};
  rates.missed_rate.interval = {};
  if (expected_matches && *expected_matches > 0) {
    const double found = static_cast<double>(rates.links) - rates.false_links.value;
    rates.missed_at_most = std::max(1 - found / *expected_matches, rates.missed_rate.value);
  }
  return rates;
}

ErrorRates reviewed_rates(const ErrorTally& group, const ErrorTally& all,
                          std::span<const ReviewedStratum> strata) {
  std::vector<model::SampledStratum> links;
  std::vector<model::SampledStratum> non_links;
  std::set<TallyCell> covered;
  for (const ReviewedStratum& stratum : strata) {
    if (stratum.cells.empty()) continue;
    covered.insert(stratum.cells.begin(), stratum.cells.end());
    (is_link_band(stratum.cells.front().band) ? links : non_links)
        .push_back(sampled(group, all, stratum));
  }
  for (const auto& [at, cell] : all.cells) {
    if (covered.contains(at)) continue;
    (is_link_band(at.band) ? links : non_links).push_back(sampled(group, all, {.cells = {at}}));
  }
  ErrorRates rates;
  rates.reviewed = true;
  rates.links = links_of(group);
  rates.false_links = total_of(links);
  rates.missed_pairs = total_of(non_links);
  rates.missed_by_keys = group.missed_by_keys();
  set_rates(rates);
  return rates;
}

}  // namespace bidui::link
