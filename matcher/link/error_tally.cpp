#include "matcher/link/error_tally.h"

#include <algorithm>

#include "matcher/key/key_group.h"

namespace bidui::link {

std::size_t band_of(double weight, bool linked) {
  const auto& edges = linked ? kLinkBandEdges : kNonLinkBandEdges;
  const auto above = std::ranges::upper_bound(edges, weight);
  return static_cast<std::size_t>(above - edges.begin()) + (linked ? kNonLinkBands : 0);
}

void ErrorTally::add_pair(const DecidedPair& pair, double error_probability) {
  const auto band = static_cast<std::uint8_t>(band_of(pair.weight, pair.linked));
  CellTally& cell = cells[{pair.relation, band}];
  ++cell.pairs;
  cell.expected_errors += error_probability;
  const std::uint32_t groups = key::groups_of(pair.kinds);
  if (pair.linked && groups != 0) captured[pair.fields][groups] += 1 - error_probability;
}

void ErrorTally::merge(const ErrorTally& other) {
  records += other.records;
  linked += other.linked;
  unlinkable += other.unlinkable;
  for (const auto& [at, cell] : other.cells) {
    CellTally& own = cells[at];
    own.pairs += cell.pairs;
    own.expected_errors += cell.expected_errors;
  }
  for (std::size_t c = 0; c < captured.size(); ++c) {
    for (std::size_t set = 0; set < captured[c].size(); ++set)
      captured[c][set] += other.captured[c][set];
  }
}

model::Estimate ErrorTally::missed_by_keys() const {
  model::Estimate all;
  for (const model::CaptureCounts& counts : captured) {
    const model::Estimate own = model::missed_by_all(counts);
    all.value += own.value;
    all.interval.low += own.interval.low;
    all.interval.high += own.interval.high;
  }
  return all;
}

}  // namespace bidui::link
