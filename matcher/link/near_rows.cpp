#include "matcher/link/near_rows.h"

#include <algorithm>
#include <tbb/parallel_for.h>

#include "matcher/key/key_facts.h"

namespace bidui::link {

PickedRows pick_rows(const RecordSpan& records, std::vector<std::uint32_t> rows) {
  PickedRows picked{.rows = std::move(rows), .records = RecordTable(records.text_count)};
  picked.records.reserve(picked.rows.size());
  for (const std::uint32_t row : picked.rows) picked.records.append(records.view(row));
  return picked;
}

PickedRows near_rows(const RecordSpan& records, const RecordTable& few) {
  constexpr std::size_t kBlock = 16384;
  if (few.size() == 0) return pick_rows(records, {});
  const key::KeyFacts facts(few.persons);
  std::vector<std::vector<std::uint32_t>> parts((records.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const std::size_t end = std::min(records.size(), (part + 1) * kBlock);
    for (std::size_t row = part * kBlock; row < end; ++row) {
      if (facts.may_meet(records.persons[row]))
        parts[part].push_back(static_cast<std::uint32_t>(row));
    }
  });
  std::vector<std::uint32_t> rows;
  for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
  return pick_rows(records, std::move(rows));
}

}  // namespace bidui::link
