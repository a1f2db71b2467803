#include "matcher/rule/named_parents.h"

#include <algorithm>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/base/hash_filter.h"

namespace bidui::rule {

NamedParents::NamedParents(SourceIndex source, std::span<const KinRow> rows,
                           std::vector<Bearer> bearers) {
  if (bearers.empty()) return;
  HashFilter wanted(bearers.size());
  for (const Bearer& bearer : bearers) wanted.add(mix64(bearer.number));
  std::ranges::sort(bearers);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> found;  // number, child
  std::vector<std::pair<std::uint32_t, RecordRef>> parents;    // child, a parent's record
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (const std::uint64_t parent : {rows[row].father, rows[row].mother}) {
      if (parent == 0 || !wanted.may_hold(mix64(parent))) continue;
      const auto own = std::ranges::equal_range(bearers, parent, {}, &Bearer::number);
      if (own.empty()) continue;
      found.emplace_back(parent, row);
      for (const Bearer& bearer : own) parents.emplace_back(row, bearer.record);
    }
  }
  std::ranges::sort(found);
  for (const auto& [number, row] : found) {
    numbers_.push_back(number);
    children_.push_back({source, row});
  }
  std::ranges::sort(parents);
  for (const auto& [row, record] : parents) {
    rows_.push_back(row);
    parents_.push_back(record);
  }
}

std::span<const RecordRef> NamedParents::children(std::uint64_t number) const {
  const auto range = std::ranges::equal_range(numbers_, number);
  const auto first = static_cast<std::size_t>(range.begin() - numbers_.begin());
  return std::span(children_).subspan(first, range.size());
}

std::span<const RecordRef> NamedParents::parents(std::uint32_t row, SourceIndex source) const {
  const auto range = std::ranges::equal_range(rows_, row);
  const auto first = static_cast<std::size_t>(range.begin() - rows_.begin());
  const auto all = std::span(parents_).subspan(first, range.size());
  const auto of_source = std::ranges::equal_range(all, source, {}, &RecordRef::source);
  return {of_source.begin(), of_source.end()};
}

}  // namespace bidui::rule
