// Schemas, and header rows held against the shipped ones.
#include <algorithm>

#include "connectors/delimited/header_search.h"
#include "matcher/schema/code_value.h"
#include "matcher/schema/header.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/recognise.h"
#include "matcher/schema/schema_parse.h"
#include "tests/fuzz/fuzz_target.h"
#include "workspace/builtin_data.h"

namespace bidui::fuzz {
namespace {

std::vector<schema::Schema> read_shipped() {
  std::vector<schema::Schema> schemas;
  for (const std::string_view path : list_builtin_files("sources/")) {
    auto parsed = schema::parse_schema(*builtin_file(path), path);
    if (parsed) schemas.push_back(std::move(*parsed));
  }
  return schemas;
}

std::string check_mapping(const schema::Schema& schema, const std::vector<std::string>& cells) {
  const auto mapping = schema::map_headers(schema, cells);
  if (!mapping) return "";
  std::vector<std::size_t> taken;
  for (const auto& column : mapping->fields)
    if (column) taken.push_back(column->column);
  if (std::ranges::any_of(taken, [&](std::size_t c) { return c >= cells.size(); }))
    return "a column that the header has not";
  std::ranges::sort(taken);
  if (std::ranges::adjacent_find(taken) != taken.end()) return "a column for two fields";
  return "";
}

}  // namespace

std::string check_schema(std::string_view bytes) {
  const auto parsed = schema::parse_schema(bytes, "fuzz");
  if (!parsed) return parsed.error().describe().empty() ? "an error without words" : "";
  for (const schema::Field& field : parsed->fields) {
    if (parsed->find_field(field.id) == std::nullopt) return "a field that is not found";
    if (field.type != schema::SemanticType::kCode) continue;
    for (const schema::CodeValue& value : field.codes)
      for (const std::string& spelling : value.spellings)
        if (schema::canonical_code(field, spelling) != value.code)
          return "a spelling that is not its code's";
  }
  for (const std::size_t field : parsed->key)
    if (field >= parsed->fields.size()) return "a key that is no field";
  return "";
}

std::string check_header(std::string_view bytes) {
  static const std::vector<schema::Schema> shipped = read_shipped();
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view line : split(bytes, '\n')) {
    const std::vector<std::string_view> cells = split(line, '|');
    rows.emplace_back(cells.begin(), cells.end());
  }
  const std::vector<std::string> header = rows.front();
  for (const std::string& cell : header) {
    const std::string once = schema::normalise_header(cell).text;
    if (schema::normalise_header(once).text != once) return "a header changes when repeated";
    (void)schema::fold_value(cell);
  }
  for (const schema::Schema& schema : shipped)
    if (std::string broken = check_mapping(schema, header); !broken.empty()) return broken;
  rows.erase(rows.begin());
  const schema::Recognition recognition = schema::recognise_columns(header, rows);
  if (recognition.columns.size() != header.size()) return "not a guess for each column";
  if (recognition.row_key && *recognition.row_key >= header.size()) return "a key beyond the last";
  for (const auto& pair : schema::pair_columns(header, recognition, header, recognition))
    if (pair.left >= header.size() || pair.right >= header.size()) return "a pair beyond the last";
  const auto test = [](std::span<const std::string_view> cells) {
    return static_cast<int>(schema::recognised_count(shipped.front(), cells));
  };
  (void)connectors::find_header(bytes, true, test, {});
  (void)connectors::describe_likeliest_row(bytes, true, test, {});
  return "";
}

}  // namespace bidui::fuzz
