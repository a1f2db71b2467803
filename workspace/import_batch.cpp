#include "workspace/import_batch.h"

#include <algorithm>
#include <optional>

#include "matcher/base/hash.h"
#include "matcher/schema/header.h"
#include "matcher/text/amount.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

// Money stands in a schema in 元; `bracket` is that of the column's header.
int added_zeros(const schema::Field& field, std::string_view bracket) {
  const bool money = field.type == schema::SemanticType::kAmount && field.unit.starts_with("元");
  return money ? text::unit_zeros(bracket) : 0;
}

// What the mapping says that a cell means; the cell where it says nothing.
std::string_view known_spelling(const Spellings& spellings, std::string_view cell) {
  if (spellings.empty() || cell.empty()) return cell;
  const auto at =
      std::ranges::find(spellings, schema::fold_value(cell), [](const auto& s) { return s.first; });
  return at == spellings.end() ? cell : std::string_view(at->second);
}

}  // namespace

FileColumns::FileColumns(const TableColumns& table, const schema::Schema& schema,
                         std::span<const std::string> header, bool changes)
    : spellings(table.spellings),
      change(changes ? table.change_column : std::nullopt),
      change_spellings(table.change_spellings) {
  const schema::HeaderMapping& mapping = table.headers;
  std::vector<bool> taken(header.size());
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping.column(f);
    of_field.push_back(column ? static_cast<int>(*column) : -1);
    zeros.push_back(column ? added_zeros(schema.fields[f], mapping.fields[f]->bracket) : 0);
    if (column) taken[*column] = true;
  }
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (!taken[c] && change != c) extras.push_back(c);
  }
}

void FileColumns::read(std::span<const std::string_view> cells,
                       std::vector<std::string_view>& fields,
                       std::vector<std::string>& made) const {
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const int column = of_field[f];
    fields[f] = column < 0 ? std::string_view{} : cells[static_cast<std::size_t>(column)];
    if (!spellings.empty()) fields[f] = known_spelling(spellings[f], fields[f]);
    if (zeros[f] == 0) continue;
    auto number = text::shift_decimal(fields[f], zeros[f]);
    if (!number) continue;  // says its own unit, or is no number
    made[f] = std::move(*number);
    fields[f] = made[f];
  }
}

std::string_view FileColumns::change_word(std::span<const std::string_view> cells) const {
  return known_spelling(change_spellings, cells[*change]);
}

BuiltBatch BatchBuilder::build(const connectors::RowBatch& batch, const BatchOrigin& origin) const {
  BuiltBatch out;
  out.features.reserve(batch.rows().size());
  std::vector<std::string_view> fields(schema_.fields.size());
  std::vector<std::string> scaled(schema_.fields.size());
  std::vector<std::string_view> extras(origin.columns.extras.size());
  text::AddressMemo places = builder_.memo();
  for (const connectors::Row& row : batch.rows()) {
    if (row.fate == connectors::RowFate::kRejected)
      out.rejects.push_back(connectors::describe_reject(origin.header, batch, row));
    if (row.fate != connectors::RowFate::kLoaded) continue;
    const auto cells = batch.cells(row);
    origin.columns.read(cells, fields, scaled);
    for (std::size_t e = 0; e < extras.size(); ++e) extras[e] = cells[origin.columns.extras[e]];
    if (reject_missing(fields, row.number, origin.file, out)) continue;
    add(fields, extras, {row.number, origin.file_index}, places, out);
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

void BatchBuilder::add(std::span<const std::string_view> fields,
                       std::span<const std::string_view> extras, RowPlace place,
                       text::AddressMemo& places, BuiltBatch& out) const {
  std::optional<std::string> declared = declared_key(schema_, fields);
  if (!declared) ++out.missing_keys;
  const std::string key = declared ? std::move(*declared) : content_key(schema_, fields);
  out.key_hashes.push_back(hash_bytes(key));
  record::PersonText text = person_fields_.text([&](std::size_t f) { return fields[f]; });
  const std::string household = household_name(schema_, fields, key);
  text.household = household;
  out.features.push_back(builder_.build(text, out.repairs, &places));
  encode_record(
      {.key = key, .file = place.file, .row = place.row, .fields = fields, .extras = extras},
      out.records);
  out.record_ends.push_back(out.records.size());
  index_keys_.append_all(out.features.back(), key, text.household, out.index_hashes);
  out.hash_ends.push_back(out.index_hashes.size());
}

}  // namespace bidui::workspace
