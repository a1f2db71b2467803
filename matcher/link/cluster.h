// One table: clusters of records that are one person.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "matcher/link/cannot_links.h"
#include "matcher/link/decision.h"
#include "matcher/record/features.h"

namespace bidui::link {

// What keeps two clusters apart whatever their weights say.
struct ClusterChecks {
  // Whether two rows cannot be one person; null: never.
  std::function<bool(std::uint32_t, std::uint32_t)> contradict{};
  CannotLinks cannot_links{};
};

// Two valid ID numbers that differ, or one household's members of different sex and year of birth.
bool rows_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b);

// Pairs join heaviest first, from the threshold up. Two clusters are not joined
// - where the mean weight of the pairs compared between them is not positive (one chance likeness
//   does not merge two people),
// - over a bridge: both have several rows, and one pair alone, the weakest so far, reaches the
//   threshold, without equal number and name,
// - where a row of one contradicts a row of the other, or people decided that they are two.
// Such pairs are possible links, for review. The links are all pairs within a cluster that were
// compared, and the rest of them with the threshold. `pairs` are sorted by (left, right) and hold
// none of the cannot-links.
Decisions decide_clusters(std::span<const CandidatePair> pairs, std::uint32_t rows,
                          const DecisionOptions& options, const ClusterChecks& checks = {});

}  // namespace bidui::link
