#include "matcher/link/near_rows.h"

#include <algorithm>
#include <tbb/parallel_for.h>

#include "matcher/base/hash_filter.h"
#include "matcher/key/key_facts.h"

namespace bidui::link {
namespace {

// Who may meet the few, and by which keys.
class FewRecords {
 public:
  explicit FewRecords(std::span<const record::PersonFeatures> few)
      : facts_(few), keys_(few.size() * kKeysOfMost) {
    key::KeyList keys;
    for (const record::PersonFeatures& person : few) {
      keys.clear();
      key::append_person_keys(person, keys);
      for (const key::FuzzyKey& key : keys.keys()) keys_.add(key_base(key.hash));
    }
  }

  void append_met_keys(const record::PersonFeatures& person, key::KeyList& keys) const {
    const key::KeyFamilies families = facts_.may_meet(person);
    if (families == 0) return;
    key::append_person_keys(person, keys, families);
    keys.keep_if([&](const key::FuzzyKey& key) { return keys_.may_hold(key_base(key.hash)); });
  }

 private:
  static constexpr std::size_t kKeysOfMost = 20;
  key::KeyFacts facts_;
  HashFilter keys_;
};

// Rows of a part of the table, with their keys.
struct Part {
  std::vector<std::uint32_t> rows;
  std::vector<key::FuzzyKey> keys;
  std::vector<std::uint32_t> ends;
};

}  // namespace

KeyFunction NearRows::keys_of() const {
  return [this](std::size_t place, key::KeyList& list) {
    const std::size_t begin = place == 0 ? 0 : ends[place - 1];
    for (const key::FuzzyKey& key : std::span(keys).subspan(begin, ends[place] - begin))
      list.add(key.kind, key.hash, key.refinement, key.coverage);
  };
}

PickedRows pick_rows(const RecordSpan& records, std::vector<std::uint32_t> rows) {
  PickedRows picked{.rows = std::move(rows), .records = RecordTable(records.text_count)};
  picked.records.reserve(picked.rows.size());
  for (const std::uint32_t row : picked.rows) picked.records.append(records.view(row));
  return picked;
}

NearRows near_rows(const RecordSpan& records, const RecordTable& few) {
  constexpr std::size_t kBlock = 16384;
  NearRows near;
  if (few.size() == 0) return near;
  const FewRecords known(few.persons);
  std::vector<Part> parts((records.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t p) {
    const std::size_t end = std::min(records.size(), (p + 1) * kBlock);
    Part part;
    key::KeyList keys;
    for (std::size_t row = p * kBlock; row < end; ++row) {
      keys.clear();
      known.append_met_keys(records.persons[row], keys);
      if (keys.keys().empty()) continue;
      part.rows.push_back(static_cast<std::uint32_t>(row));
      part.keys.insert(part.keys.end(), keys.keys().begin(), keys.keys().end());
      part.ends.push_back(static_cast<std::uint32_t>(part.keys.size()));
    }
    parts[p] = std::move(part);
  });
  std::vector<std::uint32_t> rows;
  for (const Part& part : parts) {
    const auto before = static_cast<std::uint32_t>(near.keys.size());
    rows.insert(rows.end(), part.rows.begin(), part.rows.end());
    near.keys.insert(near.keys.end(), part.keys.begin(), part.keys.end());
    for (const std::uint32_t end : part.ends) near.ends.push_back(before + end);
  }
  near.picked = pick_rows(records, std::move(rows));
  return near;
}

}  // namespace bidui::link
