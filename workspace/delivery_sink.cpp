#include "workspace/delivery_sink.h"

#include <iterator>

#include "matcher/base/hash.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {

Status DeliverySink::add(BuiltBatch& batch) {
  std::vector<std::string_view> records;
  records.reserve(batch.features.size());
  std::vector<store::IndexEntry> entries;
  entries.reserve(batch.index_hashes.size());
  std::size_t begin = 0;
  std::size_t hash = 0;
  for (std::size_t i = 0; i < batch.features.size(); ++i) {
    records.push_back(std::string_view(batch.records).substr(begin, batch.record_ends[i] - begin));
    begin = batch.record_ends[i];
    keys_.add(batch.key_hashes[i]);
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

Status DeliverySink::finish() {
  const std::vector<std::uint32_t> rows = keys_.rows();
  report_.repeated_keys = rows.size();
  if (rows.empty()) return {};
  BIDUI_TRY(writer_.change_records(
      rows, [this](std::uint32_t row, std::string_view bytes) { return renamed(bytes, row); }));
  return writer_.add_index(renamed_entries_);
}

std::string DeliverySink::renamed(std::string_view bytes, std::uint32_t row) {
  StoredRecord record;
  record.decode(bytes);
  std::vector<std::string_view> fields;
  for (std::size_t f = 0; f < record.field_count(); ++f) fields.push_back(record.field(f));
  std::string key = content_key(schema_, fields);
  // A row that came without a key has its content key already.
  const auto is_taken = [&](const std::string& wanted) {
    const std::uint64_t hash = hash_bytes(wanted);
    return (wanted != record.key() && keys_.contains(hash)) || !renamed_.insert(hash).second;
  };
  for (std::uint64_t again = 1; is_taken(key); ++again) key = content_key(schema_, fields, again);
  if (key != record.key()) renamed_entries_.push_back({index_keys_.record_key(key), row});
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
