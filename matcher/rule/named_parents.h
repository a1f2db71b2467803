// Children by the number of a parent who has no record in their registry: a father who died before
// it was kept is named there all the same. And the other way: what other sources have of him, by
// his children.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/rule/kinship.h"

namespace bidui::rule {

class NamedParents {
 public:
  NamedParents() = default;
  // A record of another source, by its number.
  struct Bearer {
    std::uint64_t number = 0;
    RecordRef record{};
    auto operator<=>(const Bearer&) const = default;
  };

  // Row i of `source` is rows[i]. Only parents who are among the `bearers` are remembered. O(rows)
  // look-ups in a filter, and what is found sorted.
  NamedParents(SourceIndex source, std::span<const KinRow> rows, std::vector<Bearer> bearers);

  // The records that name the number as their father's or mother's, by row.
  std::span<const RecordRef> children(std::uint64_t number) const;

  // The records of another source that bear the number of the row's father or mother, by row.
  std::span<const RecordRef> parents(std::uint32_t row, SourceIndex source) const;

 private:
  std::vector<std::uint64_t> numbers_;  // ascending, one for each of children_
  std::vector<RecordRef> children_;
  std::vector<std::uint32_t> rows_;  // ascending, one for each of parents_
  std::vector<RecordRef> parents_;   // of a row by (source, row)
};

}  // namespace bidui::rule
