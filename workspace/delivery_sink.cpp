#include "workspace/delivery_sink.h"

#include <deque>
#include <iterator>
#include <utility>

#include "matcher/base/hash.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {

bool HashSet::insert(std::uint64_t hash) {
  if (hash == 0) hash = 1;
  if (2 * size_ >= places_.size()) grow();
  const std::size_t mask = places_.size() - 1;
  std::size_t at = hash & mask;
  while (places_[at] != 0 && places_[at] != hash) at = (at + 1) & mask;
  if (places_[at] == hash) return false;
  places_[at] = hash;
  ++size_;
  return true;
}

void HashSet::grow() {
  const std::vector<std::uint64_t> old =
      std::exchange(places_, std::vector<std::uint64_t>(2 * places_.size()));
  size_ = 0;
  for (const std::uint64_t hash : old) {
    if (hash != 0) insert(hash);
  }
}

Status DeliverySink::add(BuiltBatch& batch) {
  std::vector<std::string_view> records;
  records.reserve(batch.features.size());
  std::vector<store::IndexEntry> entries;
  entries.reserve(batch.index_hashes.size());
  std::deque<std::string> renamed;
  std::size_t begin = 0;
  std::size_t hash = 0;
  for (std::size_t i = 0; i < batch.features.size(); ++i) {
    std::string_view record =
        std::string_view(batch.records).substr(begin, batch.record_ends[i] - begin);
    begin = batch.record_ends[i];
    if (!keys_.insert(batch.key_hashes[i])) {
      record = renamed.emplace_back(rename_repeated(record, entries));
    }
    records.push_back(record);
    for (; hash < batch.hash_ends[i]; ++hash) entries.push_back({batch.index_hashes[hash], row_});
    ++row_;
  }
  BIDUI_TRY(writer_.add_records(records));
  BIDUI_TRY(writer_.add_features(std::as_bytes(std::span(batch.features))));
  BIDUI_TRY(writer_.add_index(entries));
  for (std::size_t r = 0; r < batch.repairs.size(); ++r) report_.repairs[r] += batch.repairs[r];
  report_.missing_keys += batch.missing_keys;
  std::move(batch.rejects.begin(), batch.rejects.end(), std::back_inserter(report_.rejects));
  return {};
}

// A key that stood before: this row is named by its content; a repetition to the letter gets a
// number as well. The row stays findable by the key that it came with.
std::string DeliverySink::rename_repeated(std::string_view bytes,
                                          std::vector<store::IndexEntry>& entries) {
  ++report_.repeated_keys;
  StoredRecord record;
  record.decode(bytes);
  std::vector<std::string_view> fields;
  for (std::size_t f = 0; f < record.field_count(); ++f) fields.push_back(record.field(f));
  std::string key = content_key(schema_, fields);
  for (std::uint64_t again = 1; !keys_.insert(hash_bytes(key)); ++again)
    key = content_key(schema_, fields, again);
  entries.push_back({index_keys_.record_key(key), row_});
  std::string out;
  encode_record({.key = key,
                 .file = record.file(),
                 .row = record.row(),
                 .fields = fields,
                 .extras = record.extras()},
                out);
  return out;
}

}  // namespace bidui::workspace
