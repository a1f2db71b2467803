// Rows of one side that are one person: who competes for a partner and who shares it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "matcher/link/candidate_search.h"
#include "matcher/link/components.h"
#include "matcher/link/row_numbers.h"

namespace bidui::link {

// The features of a row; null: not known.
using FeaturesOf = std::function<const record::PersonFeatures*(std::uint32_t row)>;

// Rows that may have the same partner.
struct PartnerRows {
  std::span<const CandidatePair> pairs{};
  std::uint32_t CandidatePair::*side = nullptr;          // the member of a pair that is the row
  std::uint32_t CandidatePair::*partner_side = nullptr;  // and the other one
  const RowNumbers& rows;
  const RowNumbers& partners;
  double plausible_weight = 0;  // pairs below it are no rivals
};

// Groups the rows that are one person entered twice: those that agree with one partner in number
// and name, and those of one plausible partner of which entered_twice() says so (either function
// may be null), unless two namesakes on the other side fit these two best, or the two are spelt
// unlike and each has a partner spelt like it: they are two people as well. Where a group would
// hold two valid ID numbers, a row without one could be either's: only those of equal numbers stay
// together. By number of row; does not depend on the order of rows. O(pairs), and the square of a
// partner's plausible rows.
UnionFind duplicate_groups(const PartnerRows& input, const FeaturesOf& features,
                           const FeaturesOf& partner_features);

}  // namespace bidui::link
