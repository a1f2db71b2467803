#include "workspace/import_batch.h"

#include <optional>

#include "matcher/base/hash.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {

FileColumns::FileColumns(const schema::HeaderMapping& mapping, const schema::Schema& schema,
                         std::span<const std::string> header) {
  std::vector<bool> taken(header.size());
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping.column(f);
    of_field.push_back(column ? static_cast<int>(*column) : -1);
    if (column) taken[*column] = true;
  }
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (!taken[c]) extras.push_back(c);
  }
}

BuiltBatch BatchBuilder::build(const connectors::RowBatch& batch, const BatchOrigin& origin) const {
  BuiltBatch out;
  out.features.reserve(batch.rows().size());
  std::vector<std::string_view> fields(schema_.fields.size());
  std::vector<std::string_view> extras(origin.columns.extras.size());
  text::AddressMemo places = builder_.memo();
  for (const connectors::Row& row : batch.rows()) {
    if (row.fate == connectors::RowFate::kRejected)
      out.rejects.push_back(connectors::describe_reject(origin.file, origin.header, batch, row));
    if (row.fate != connectors::RowFate::kLoaded) continue;
    const auto cells = batch.cells(row);
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const int column = origin.columns.of_field[f];
      fields[f] = column < 0 ? std::string_view{} : cells[static_cast<std::size_t>(column)];
    }
    for (std::size_t e = 0; e < extras.size(); ++e) extras[e] = cells[origin.columns.extras[e]];
    if (reject_missing(fields, row.number, origin.file, out)) continue;
    add_record(fields, extras, row.number, origin.file_index, places, out);
  }
  return out;
}

bool BatchBuilder::reject_missing(std::span<const std::string_view> fields, std::uint32_t row,
                                  const std::string& file, BuiltBatch& out) const {
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (schema_.fields[f].requirement != schema::Requirement::kValue || !fields[f].empty())
      continue;
    out.rejects.push_back(
        {file, row, schema_.fields[f].title, connectors::RejectReason::kRequiredMissing, {}});
    ++out.required_missing;
    return true;
  }
  return false;
}

void BatchBuilder::add_record(std::span<const std::string_view> fields,
                              std::span<const std::string_view> extras, std::uint32_t row,
                              std::uint32_t file_index, text::AddressMemo& places,
                              BuiltBatch& out) const {
  std::optional<std::string> declared = declared_key(schema_, fields);
  if (!declared) ++out.missing_keys;
  const std::string key = declared ? std::move(*declared) : content_key(schema_, fields);
  out.key_hashes.push_back(hash_bytes(key));
  record::PersonText text = person_fields_.text([&](std::size_t f) { return fields[f]; });
  text.household = household_name(schema_, text.household, key);
  out.features.push_back(builder_.build(text, out.repairs, &places));
  encode_record({.key = key, .file = file_index, .row = row, .fields = fields, .extras = extras},
                out.records);
  out.record_ends.push_back(out.records.size());
  index_keys_.append_all(out.features.back(), key, text.household, out.index_hashes);
  out.hash_ends.push_back(out.index_hashes.size());
}

}  // namespace bidui::workspace
