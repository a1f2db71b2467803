// Children by the number of a parent who has no record in their registry: a father who died before
// it was kept is named there all the same.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/rule/kinship.h"

namespace bidui::rule {

class NamedParents {
 public:
  NamedParents() = default;
  // Row i of `source` is rows[i]. Only parents whose numbers are `asked`, in any order, are
  // remembered. O(rows) look-ups in a filter, and what is found sorted.
  NamedParents(SourceIndex source, std::span<const KinRow> rows,
               std::span<const std::uint64_t> asked);

  // The records that name the number as their father's or mother's, by row.
  std::span<const RecordRef> children(std::uint64_t number) const;

 private:
  std::vector<std::uint64_t> numbers_;  // ascending, one for each of children_
  std::vector<RecordRef> children_;
};

}  // namespace bidui::rule
