#include "workspace/row_changes.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>
#include <tuple>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/text/id_number.h"
#include "workspace/field_value.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

constexpr std::uint64_t kRowsAtOnce = std::uint64_t{8} << 20;
constexpr std::size_t kLookedInto = 65'536;
constexpr std::string_view kSerialNumber = "row_no";

// A row by its key, with what its texts hash to.
struct KeyedRow {
  std::uint64_t key = 0;
  std::uint32_t content = 0;
  std::uint32_t row = 0;

  bool operator<(const KeyedRow& other) const {
    return std::tie(key, row) < std::tie(other.key, other.row);
  }
};

struct RowPair {
  std::uint32_t before = 0;
  std::uint32_t after = 0;
};

std::uint64_t content_of(const StoredRecord& record, const schema::Schema& schema,
                         std::optional<std::size_t> serial) {
  std::uint64_t hash = 0;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    if (f != serial) hash = hash_bytes(record.field(f), hash);
  }
  return hash;
}

// Of one pass: the rows whose key's hash is `pass` modulo `passes`, by key.
struct Pass {
  std::uint64_t number = 0;
  std::uint64_t passes = 1;
};
Result<std::vector<KeyedRow>> keyed_rows(const store::Store& store, const schema::Schema& schema,
                                         store::DeliveryId id, Pass pass) {
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const auto ranges = store.split_rows(id, 4 * threads);
  BIDUI_TRY(ranges);
  const auto serial = schema.find_field(kSerialNumber);
  std::vector<std::vector<KeyedRow>> parts(ranges->size());
  std::vector<Status> results(ranges->size());
  std::vector<char> sound(ranges->size(), 1);
  tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
    StoredRecord record;
    results[r] = store.scan_records(id, (*ranges)[r], [&](std::uint32_t row, std::string_view b) {
      if (!record.decode(b)) {
        sound[r] = 0;
        return;
      }
      const std::uint64_t key = hash_bytes(record.key());
      if (key % pass.passes != pass.number) return;
      const std::uint64_t content = content_of(record, schema, serial);
      parts[r].push_back({key, static_cast<std::uint32_t>(content ^ (content >> 32)), row});
    });
  });
  std::vector<KeyedRow> rows;
  for (std::size_t r = 0; r < parts.size(); ++r) {
    BIDUI_TRY(results[r]);
    if (sound[r] == 0) return damaged_error("存储的记录", "a stored record");
    rows.insert(rows.end(), parts[r].begin(), parts[r].end());
    parts[r] = {};
  }
  tbb::parallel_sort(rows.begin(), rows.end());
  return rows;
}

// Walks both in the order of their keys. Pairs whose text differs are kept up to a number; of the
// rest every second, then every fourth, … so that they stay spread over the keys.
class PairSample {
 public:
  void add(RowPair pair) {
    if (count_++ % stride_ != 0) return;
    pairs_.push_back(pair);
    if (pairs_.size() < kLookedInto) return;
    for (std::size_t i = 0; 2 * i < pairs_.size(); ++i) pairs_[i] = pairs_[2 * i];
    pairs_.resize(pairs_.size() / 2);
    stride_ *= 2;
  }
  std::uint64_t count() const { return count_; }
  std::vector<RowPair>& pairs() { return pairs_; }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t stride_ = 1;
  std::vector<RowPair> pairs_;
};

void merge_rows(const std::vector<KeyedRow>& before, const std::vector<KeyedRow>& after,
                RowChanges& changes, PairSample& differing) {
  auto old = before.begin();
  for (auto now = after.begin(); now != after.end();) {
    if (old == before.end() || now->key < old->key) {
      ++changes.added;
      ++now;
    } else if (old->key < now->key) {
      ++changes.gone;
      ++old;
    } else {
      if (old->content != now->content) differing.add({old->row, now->row});
      ++old;
      ++now;
    }
  }
  changes.gone += static_cast<std::uint64_t>(before.end() - old);
}

// Whether two texts say the same: the same day, code, number or ID number.
bool same_value(const schema::Field& field, std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  if (field.type == schema::SemanticType::kIdNumber) {
    const text::IdNumber x = text::parse_id_number(a);
    const text::IdNumber y = text::parse_id_number(b);
    return x.is_full() && x.digits17 == y.digits17 && x.check == y.check;
  }
  if (schema::value_form(field.type) == schema::ValueForm::kText) return false;
  const rule::Value x = field_value(field, a);
  const rule::Value y = field_value(field, b);
  if (x.is_unknown() || y.is_unknown()) return false;
  switch (schema::value_form(field.type)) {
    case schema::ValueForm::kDate:
      return x.date.first == y.date.first && x.date.last == y.date.last;
    case schema::ValueForm::kNumber:
      return x.number == y.number;
    case schema::ValueForm::kBoolean:
      return x.boolean == y.boolean;
    case schema::ValueForm::kCode:
      return x.text == y.text;
    case schema::ValueForm::kText:
      break;
  }
  return false;
}

// The texts of some rows, in the order of `pairs`.
Result<std::vector<std::string>> texts_of(const store::Store& store, store::DeliveryId id,
                                          std::span<const RowPair> pairs,
                                          std::uint32_t RowPair::*row) {
  std::vector<std::size_t> order(pairs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return pairs[i].*row; });
  std::vector<std::uint32_t> rows;
  for (const std::size_t i : order) rows.push_back(pairs[i].*row);
  std::vector<std::string> texts(pairs.size());
  std::size_t at = 0;
  BIDUI_TRY(store.read_records(
      id, rows, [&](std::uint32_t, std::string_view bytes) { texts[order[at++]] = bytes; }));
  return texts;
}

Status count_fields(const store::Store& store, const schema::Schema& schema,
                    store::DeliveryId before, store::DeliveryId after,
                    std::span<const RowPair> pairs, RowChanges& changes) {
  constexpr std::size_t kAtOnce = 8192;
  const auto serial = schema.find_field(kSerialNumber);
  std::vector<FieldChanges> fields;
  for (const schema::Field& field : schema.fields) fields.push_back({.field = field.id});
  StoredRecord old;
  StoredRecord now;
  for (std::size_t begin = 0; begin < pairs.size(); begin += kAtOnce) {
    const auto some = pairs.subspan(begin, std::min(kAtOnce, pairs.size() - begin));
    const auto old_texts = texts_of(store, before, some, &RowPair::before);
    BIDUI_TRY(old_texts);
    const auto new_texts = texts_of(store, after, some, &RowPair::after);
    BIDUI_TRY(new_texts);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!old.decode((*old_texts)[i]) || !now.decode((*new_texts)[i]))
        return damaged_error("存储的记录", "a stored record");
      bool changed = false;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (f == serial || old.field(f) == now.field(f)) continue;
        const bool same = same_value(schema.fields[f], old.field(f), now.field(f));
        ++(same ? fields[f].rewritten : fields[f].changed);
        changed = changed || !same;
      }
      ++(changed ? changes.changed : changes.rewritten);
    }
  }
  std::erase_if(fields, [](const FieldChanges& f) { return f.changed + f.rewritten == 0; });
  changes.fields = std::move(fields);
  return {};
}

void scale_up(RowChanges& changes, std::uint64_t differing) {
  if (changes.looked_into == 0 || changes.looked_into == differing) return;
  const double factor = static_cast<double>(differing) / static_cast<double>(changes.looked_into);
  const auto scale = [&](std::uint64_t& count) {
    count = static_cast<std::uint64_t>(static_cast<double>(count) * factor + .5);
  };
  for (FieldChanges& field : changes.fields) {
    scale(field.changed);
    scale(field.rewritten);
  }
  scale(changes.changed);
  changes.rewritten = differing - std::min(differing, changes.changed);
}

}  // namespace

Result<RowChanges> compare_rows(const store::Store& store, const schema::Schema& schema,
                                const store::DeliveryInfo& before,
                                const store::DeliveryInfo& after) {
  RowChanges changes{.before = before.record_count, .after = after.record_count};
  const std::uint64_t passes =
      1 + std::max<std::uint64_t>(before.record_count, after.record_count) / kRowsAtOnce;
  PairSample differing;
  for (std::uint64_t pass = 0; pass < passes; ++pass) {
    const auto old = keyed_rows(store, schema, before.id, {pass, passes});
    BIDUI_TRY(old);
    const auto now = keyed_rows(store, schema, after.id, {pass, passes});
    BIDUI_TRY(now);
    merge_rows(*old, *now, changes, differing);
  }
  changes.looked_into = differing.pairs().size();
  std::ranges::sort(differing.pairs(), {}, &RowPair::after);  // read in the order of the file
  BIDUI_TRY(count_fields(store, schema, before.id, after.id, differing.pairs(), changes));
  scale_up(changes, differing.count());
  return changes;
}

}  // namespace bidui::workspace
