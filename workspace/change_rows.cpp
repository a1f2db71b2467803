#include "workspace/change_rows.h"

#include <algorithm>

#include "workspace/record_key.h"

namespace bidui::workspace {

using connectors::Reject;
using connectors::RejectReason;

void ChangeRows::add(const connectors::RowBatch& batch, const BatchOrigin& origin,
                     std::vector<Reject>& rejects, connectors::RowCounts& counts) {
  if (columns_.empty() || columns_.back().first != origin.file_index) {
    auto& has = columns_.emplace_back(origin.file_index, std::vector<bool>()).second;
    for (const int column : origin.columns.of_field) has.push_back(column >= 0);
  }
  for (const connectors::Row& row : batch.rows()) {
    if (row.fate == connectors::RowFate::kRejected)
      rejects.push_back(connectors::describe_reject(origin.header, batch, row));
    if (row.fate != connectors::RowFate::kLoaded) continue;
    auto rejected = take(batch.cells(row), row.number, origin);
    if (!rejected) continue;
    counts.reject_loaded(rejected->reason);
    rejects.push_back(std::move(*rejected));
  }
}

std::optional<Reject> ChangeRows::take(std::span<const std::string_view> cells,
                                       std::uint32_t number, const BatchOrigin& origin) {
  const FileColumns& columns = origin.columns;
  const std::string_view word = columns.change_word(cells);
  const auto kind = parse_change(word);
  if (!kind)
    return Reject{origin.file, number, change_field().title, RejectReason::kChangeUnknown,
                  connectors::mask_value(word)};
  std::vector<std::string_view> fields(schema_.fields.size());
  std::vector<std::string> scaled(fields.size());
  columns.read(cells, fields, scaled);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (*kind == ChangeKind::kDeleted || !fields[f].empty()) continue;
    if (schema_.fields[f].requirement == schema::Requirement::kValue)
      return Reject{
          origin.file, number, schema_.fields[f].title, RejectReason::kRequiredMissing, {}};
  }
  auto declared = declared_key(schema_, fields);
  ChangeRow row{.kind = *kind,
                .file = origin.file_index,
                .row = number,
                .key = declared ? *declared : content_key(schema_, fields),
                .has_key = declared.has_value()};
  row.fields.assign(fields.begin(), fields.end());
  for (const std::size_t column : columns.extras) row.extras.emplace_back(cells[column]);
  rows_.push_back(std::move(row));
  return std::nullopt;
}

bool ChangeRows::has_column(const ChangeRow& row, std::size_t field) const {
  const auto at = std::ranges::find(columns_, row.file, [](const auto& c) { return c.first; });
  return at->second[field];
}

}  // namespace bidui::workspace
