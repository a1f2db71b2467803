#include "matcher/link/error_rates.h"

#include <algorithm>
#include <set>
#include <vector>

namespace bidui::link {
namespace {

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
  if (rates.links == 0) return rates;
  const double links = static_cast<double>(rates.links);
  const double found = links - rates.false_links.value;
  const double missed = rates.missed_pairs.value + rates.missed_by_keys.value;
  rates.false_at_most = std::min(model::largest_mean(rates.false_links.value) / links, 1.0);
  const double most_missed = model::largest_mean(missed);
  rates.missed_at_most = most_missed / (most_missed + std::max(found, 0.0));
  if (expected_matches && *expected_matches > 0)
    rates.missed_at_most = std::max(1 - found / *expected_matches, *rates.missed_at_most);
  return rates;
}

ErrorRates reviewed_rates(const ErrorTally& group, const ErrorTally& all,
                          std::span<const ReviewedStratum> strata, double spread) {
  std::vector<ReviewedStratum> links;
  std::vector<ReviewedStratum> non_links;
  std::set<TallyCell> covered;
  const auto add = [&](const ReviewedStratum& stratum) {
    (is_link_band(stratum.cells.front().band) ? links : non_links).push_back(stratum);
    covered.insert(stratum.cells.begin(), stratum.cells.end());
  };
  for (const ReviewedStratum& stratum : strata) {
    if (!stratum.cells.empty()) add(stratum);
  }
  for (const auto& [at, cell] : all.cells) {
    if (!covered.contains(at)) add({.cells = {at}});
  }
  ErrorRates rates;
  rates.reviewed = true;
  rates.links = links_of(group);
  rates.false_links = group_errors(group, all, links, spread);
  rates.missed_pairs = group_errors(group, all, non_links, spread);
  rates.missed_by_keys = group.missed_by_keys();
  set_rates(rates);
  return rates;
}

}  // namespace bidui::link
