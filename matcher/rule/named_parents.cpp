#include "matcher/rule/named_parents.h"

#include <algorithm>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/base/hash_filter.h"

namespace bidui::rule {

NamedParents::NamedParents(SourceIndex source, std::span<const KinRow> rows,
                           std::span<const std::uint64_t> asked) {
  if (asked.empty()) return;
  HashFilter wanted(asked.size());
  for (const std::uint64_t number : asked) wanted.add(mix64(number));
  std::vector<std::uint64_t> sorted(asked.begin(), asked.end());
  std::ranges::sort(sorted);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> found;  // number, child
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (const std::uint64_t parent : {rows[row].father, rows[row].mother}) {
      if (parent != 0 && wanted.may_hold(mix64(parent)) &&
          std::ranges::binary_search(sorted, parent))
        found.emplace_back(parent, row);
    }
  }
  std::ranges::sort(found);
  for (const auto& [number, row] : found) {
    numbers_.push_back(number);
    children_.push_back({source, row});
  }
}

std::span<const RecordRef> NamedParents::children(std::uint64_t number) const {
  const auto range = std::ranges::equal_range(numbers_, number);
  const auto first = static_cast<std::size_t>(range.begin() - numbers_.begin());
  return std::span(children_).subspan(first, range.size());
}

}  // namespace bidui::rule
