#include "workspace/column_mapping.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/suggest.h"
#include "matcher/schema/header.h"
#include "workspace/change_column.h"

namespace bidui::workspace {
namespace {

std::size_t found_count(const std::vector<std::optional<std::size_t>>& places) {
  return static_cast<std::size_t>(
      std::ranges::count_if(places, [](const auto& place) { return place.has_value(); }));
}

std::string shown(const std::string& header) {
  std::string text = header;
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return text;
}

// What to write for each code, so that the field reads as it.
Result<Spellings> spellings_of(const schema::Field& field, const MappedHeader& column,
                               const std::string& file) {
  Spellings spellings;
  for (const auto& [spelling, code] : column.codes) {
    const auto at = std::ranges::find(field.codes, code, &schema::CodeValue::code);
    const bool boolean =
        field.type == schema::SemanticType::kBoolean && (code == "true" || code == "false");
    if (boolean) {
      spellings.emplace_back(spelling, code == "true" ? "是" : "否");
    } else if (field.type == schema::SemanticType::kCode && at != field.codes.end()) {
      spellings.emplace_back(spelling, at->title);
    } else {
      return bilingual_error(
          ErrorCode::kBadInput, "字段“" + field.id + "”没有代码“" + code + "”（codes）",
          "the field '" + field.id + "' has no code '" + code + "' (codes)", file);
    }
  }
  return spellings;
}

}  // namespace

Result<ColumnMapper> ColumnMapper::make(const schema::Schema& schema, const MappingFile* given,
                                        std::span<const MappingFile> kept,
                                        std::string_view instance) {
  ColumnMapper mapper(schema);
  if (given != nullptr) {
    mapper.given_ = true;
    if (!given->is_for(instance))
      return bilingual_error(
          ErrorCode::kInvalidArgument,
          "这份列对照是来源 " + given->source + " 的，不是 " + std::string(instance) + " 的",
          "the mapping is for source " + given->source + ", not for " + std::string(instance),
          given->name);
    auto entry = mapper.read(*given);
    BIDUI_TRY(entry);
    mapper.entries_.push_back(std::move(*entry));
    return mapper;
  }
  for (const MappingFile& file : kept) {
    if (!file.is_for(instance)) continue;
    auto entry = mapper.read(file);
    BIDUI_TRY(entry);
    mapper.entries_.push_back(std::move(*entry));
  }
  return mapper;
}

Result<ColumnMapper::Entry> ColumnMapper::read(const MappingFile& file) const {
  Entry entry{.file = &file};
  for (const MappedHeader& column : file.columns) {
    entry.folded.push_back(schema::fold_value(column.header));
    entry.normalised.push_back(schema::normalise_header(column.header).text);
    entry.fields.push_back(column.field.empty() ? std::nullopt : schema_->find_field(column.field));
    entry.spellings.emplace_back();
    const bool change = !entry.fields.back() && column.field == kChangeField;
    if (change) entry.change = entry.fields.size() - 1;
    if (change || entry.fields.back()) {
      auto spellings = spellings_of(change ? change_field() : schema_->fields[*entry.fields.back()],
                                    column, file.name);
      BIDUI_TRY(spellings);
      entry.spellings.back() = std::move(*spellings);
    }
    if (column.field.empty() || entry.fields.back() || change) continue;
    std::vector<std::string> ids;
    for (const schema::Field& field : schema_->fields) ids.push_back(field.id);
    return bilingual_error(ErrorCode::kBadInput,
                           Bilingual{"来源 " + schema_->source + " 没有字段“" + column.field +
                                         "”（列“" + column.header + "”）",
                                     "source " + schema_->source + " has no field '" +
                                         column.field + "' (column \"" + column.header + "\")"} +
                               rule::suggestion(column.field, ids),
                           file.name);
  }
  return entry;
}

int ColumnMapper::known(std::span<const std::string_view> cells) const {
  int most = static_cast<int>(schema::recognised_count(*schema_, cells));
  for (const Entry& entry : entries_) {
    int count = 0;
    for (const std::string_view cell : cells)
      count += !cell.empty() && std::ranges::find(entry.folded, schema::fold_value(cell)) !=
                                    entry.folded.end()
                   ? 1
                   : 0;
    most = std::max(most, count);
  }
  return most;
}

// First as they are written, then without brackets and numbering; equal headers in their order.
ColumnMapper::Places ColumnMapper::find(const Entry& entry, std::span<const std::string> header) {
  Places places(entry.folded.size());
  std::vector<bool> taken(header.size());
  const auto match = [&](const std::vector<std::string>& wanted, const auto& fold) {
    std::vector<std::string> have;
    for (const std::string& cell : header) have.push_back(fold(cell));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      for (std::size_t c = 0; c < have.size() && !places[i]; ++c) {
        if (taken[c] || have[c] != wanted[i]) continue;
        places[i] = c;
        taken[c] = true;
      }
    }
  };
  match(entry.folded, [](const std::string& cell) { return schema::fold_value(cell); });
  match(entry.normalised,
        [](const std::string& cell) { return schema::normalise_header(cell).text; });
  return places;
}

Result<TableColumns> ColumnMapper::map(std::span<const std::string> header) const {
  const Entry* best = nullptr;
  Places best_places;
  for (const Entry& entry : entries_) {
    Places places = find(entry, header);
    const std::size_t found = found_count(places);
    if (!given_ && 2 * found < entry.folded.size()) continue;
    if (best != nullptr && found <= found_count(best_places)) continue;
    best = &entry;
    best_places = std::move(places);
  }
  if (best != nullptr) return map_by(*best, best_places, header);
  auto headers = schema::map_headers(*schema_, header);
  BIDUI_TRY(headers);
  TableColumns columns{.headers = std::move(*headers)};
  find_change(header, columns);
  return columns;
}

// By its header, among the columns that no field took.
void ColumnMapper::find_change(std::span<const std::string> header, TableColumns& columns) {
  const auto found = find_change_column(header);
  if (found &&
      std::ranges::find(columns.headers.unmapped, *found) != columns.headers.unmapped.end())
    columns.change_column = found;
}

Result<TableColumns> ColumnMapper::map_by(const Entry& entry, const Places& places,
                                          std::span<const std::string> header) const {
  TableColumns columns{.mapping = entry.file};
  std::vector<schema::ColumnDecision> decisions;
  std::vector<bool> known(header.size());
  Bilingual lost;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string& wanted = entry.file->columns[i].header;
    if (!places[i]) {
      columns.change.gone.push_back(shown(wanted));
      const auto& field = entry.fields[i];
      if (field && schema_->fields[*field].requirement != schema::Requirement::kOptional)
        lost.add_item("“" + shown(wanted) + "”（" + schema_->fields[*field].title + "）",
                      "\"" + shown(wanted) + "\" (" + schema_->fields[*field].id + ")");
      continue;
    }
    known[*places[i]] = true;
    if (entry.change == i) {
      columns.change_column = places[i];
      columns.change_spellings = entry.spellings[i];
    }
    if (entry.fields[i] && !entry.spellings[i].empty()) {
      columns.spellings.resize(schema_->fields.size());
      columns.spellings[*entry.fields[i]] = entry.spellings[i];
    }
    decisions.push_back({.column = *places[i], .field = entry.fields[i]});
    if (schema::fold_value(header[*places[i]]) != entry.folded[i])
      columns.change.rewritten.emplace_back(shown(wanted), shown(header[*places[i]]));
  }
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (!known[c] && !header[c].empty()) columns.change.added.push_back(shown(header[c]));
  }
  auto headers = schema::map_headers(*schema_, header, decisions);
  if (!headers) {
    if (lost.empty()) return headers.error().with_context(entry.file->name);
    Bilingual added;
    for (const std::string& name : columns.change.added) added.add_item(name, name);
    return bilingual_error(
        ErrorCode::kBadInput,
        "按列对照 " + entry.file->name + "，必需的列没有了：" + lost.zh +
            (added.empty() ? "" : "；新的列：" + added.zh) +
            "。请让交表单位补上，或用 bidui schema infer 重做列对照再以 --mapping 给出",
        "by the mapping " + entry.file->name + " required columns are gone: " + lost.en +
            (added.empty() ? "" : "; new columns: " + added.en) +
            ". Ask for them, or make the mapping anew with bidui schema infer and give it by "
            "--mapping");
  }
  columns.headers = std::move(*headers);
  if (!columns.change_column) find_change(header, columns);
  return columns;
}

}  // namespace bidui::workspace
