#include "matcher/link/near_rows.h"

#include <algorithm>
#include <tbb/parallel_for.h>

#include "matcher/key/key_facts.h"
#include "matcher/link/hot_keys.h"

namespace bidui::link {
namespace {

HashSet key_bases(const RecordTable& records) {
  std::vector<std::uint64_t> bases;
  key::KeyList keys;
  for (const record::PersonFeatures& person : records.persons) {
    keys.clear();
    key::append_person_keys(person, keys);
    for (const key::FuzzyKey& key : keys.keys()) bases.push_back(key_base(key.hash));
  }
  return HashSet(std::move(bases));
}

}  // namespace

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
  const HashSet keys_of_few = key_bases(few);
  std::vector<std::vector<std::uint32_t>> parts((records.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const std::size_t end = std::min(records.size(), (part + 1) * kBlock);
    key::KeyList keys;
    for (std::size_t row = part * kBlock; row < end; ++row) {
      if (!facts.may_meet(records.persons[row])) continue;
      keys.clear();
      key::append_person_keys(records.persons[row], keys);
      if (std::ranges::any_of(keys.keys(), [&](const key::FuzzyKey& key) {
            return keys_of_few.contains(key_base(key.hash));
          }))
        parts[part].push_back(static_cast<std::uint32_t>(row));
    }
  });
  std::vector<std::uint32_t> rows;
  for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
  return pick_rows(records, std::move(rows));
}

}  // namespace bidui::link
