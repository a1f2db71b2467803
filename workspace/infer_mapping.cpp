#include "workspace/infer_mapping.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/header_word.h"
#include "matcher/schema/schema_parse.h"
#include "workspace/infer_source.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::size_t kRows = 5000;

constexpr std::size_t kColumns = 500;  // a wider table is no list of people
constexpr double kNearly = 2;          // sources whose sums differ by no more are told

int known_headers(std::span<const schema::Schema> known, std::span<const std::string_view> cells) {
  cells = cells.first(std::min(cells.size(), kColumns));
  int words = 0;
  for (const std::string_view cell : cells)
    words += schema::find_header_word(cell) || schema::row_key_rank(cell) ? 1 : 0;
  std::size_t most = 0;
  for (const schema::Schema& schema : known)
    most = std::max(most, schema::recognised_count(schema, cells));
  return std::max(words, static_cast<int>(most));
}

Result<FileSample> read_sample(connectors::TableReader& table) {
  FileSample sample{.header = table.header()};
  connectors::RowBatch batch;
  while (sample.rows.size() < kRows) {
    const Result<bool> more = table.read(batch);
    BIDUI_TRY(more);
    if (!*more) break;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate != connectors::RowFate::kLoaded || sample.rows.size() == kRows) continue;
      const auto cells = batch.cells(row);
      sample.rows.emplace_back(cells.begin(), cells.end());
    }
  }
  return sample;
}

// A source of which neither three headers nor half of the columns are known is another one.
bool is_likely(const schema::Schema& schema, const FileSample& sample,
               const std::vector<InferredColumn>& columns) {
  constexpr std::size_t kHeaders = 3;
  const std::vector<std::string_view> cells(sample.header.begin(), sample.header.end());
  const auto found = std::ranges::count_if(
      columns, [](const InferredColumn& column) { return !column.field.empty(); });
  return schema::recognised_count(schema, cells) >= kHeaders &&
         2 * static_cast<std::size_t>(found) >= columns.size();
}

// How well a source fits: the sum of its columns' confidences, less what is required and missing.
double fit_of(const schema::Schema& schema, const std::vector<InferredColumn>& columns) {
  double sum = 0;
  for (const InferredColumn& column : columns) sum += column.field.empty() ? 0 : column.confidence;
  for (const schema::Field& field : schema.fields) {
    const bool there =
        std::ranges::find(columns, field.id, &InferredColumn::field) != columns.end();
    if (field.requirement != schema::Requirement::kOptional && !there) sum -= 3;
  }
  return sum;
}

Status check_name(std::string_view source) {
  const std::string_view name = source_of_instance(source);
  const bool good =
      !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  if (good) return {};
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "新来源的名称用小写字母、数字和下划线，如 student_aid",
                         "a new source is named with lower-case letters, digits and _, such as "
                         "student_aid",
                         std::string(source));
}

void note_missing(const schema::Schema& schema, InferredMapping& mapping) {
  for (const schema::Field& field : schema.fields) {
    if (field.requirement == schema::Requirement::kOptional) continue;
    if (std::ranges::find(mapping.columns, field.id, &InferredColumn::field) ==
        mapping.columns.end())
      mapping.missing.push_back({field.id, field.title});
  }
}

// Enough rows to tell the sources apart.
FileSample some_rows(const FileSample& sample) {
  constexpr std::size_t kSome = 300;
  FileSample some{.header = sample.header};
  some.rows.assign(sample.rows.begin(), sample.rows.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                  kSome, sample.rows.size())));
  return some;
}

// The known source that fits best.
Result<const schema::Schema*> find_source(std::span<const schema::Schema> known,
                                          const FileSample& sample, InferredMapping& mapping) {
  const FileSample some = some_rows(sample);
  std::multimap<double, const schema::Schema*, std::greater<>> fits;
  for (const schema::Schema& schema : known) {
    const std::vector<InferredColumn> columns = infer_columns(schema, some);
    if (is_likely(schema, some, columns)) fits.emplace(fit_of(schema, columns), &schema);
  }
  const auto best = fits.begin();
  if (best == fits.end())
    return bilingual_error(
        ErrorCode::kBadInput,
        "不像已知的任何来源。要作为新的来源，用 --source 给它取个名称（小写字母），如 --source "
        "student_aid；已知的来源见 bidui schema list",
        "it looks like none of the known sources. To declare a new one name it with --source, such "
        "as --source student_aid; the known ones: bidui schema list",
        mapping.table);
  const auto next = std::next(best);
  if (next != fits.end() && next->first > best->first - kNearly)
    mapping.next_source = next->second->source;
  return best->second;
}

}  // namespace

Result<InferredMapping> infer_mapping(std::span<const schema::Schema> known,
                                      const InferOptions& options) {
  Result<connectors::FileTables> opened = connectors::open_tables(
      options.file,
      [&](std::span<const std::string_view> cells) { return known_headers(known, cells); },
      {.header = {.accept_unknown = true}});
  BIDUI_TRY(opened);
  InferredMapping mapping{.table = opened->tables.front()->name()};
  for (std::size_t t = 1; t < opened->tables.size(); ++t) {
    if (opened->tables[t]->header() != opened->tables.front()->header())
      mapping.other_tables.push_back(opened->tables[t]->name());
  }
  if (const std::size_t columns = opened->tables.front()->header().size(); columns > kColumns)
    return bilingual_error(
        ErrorCode::kBadInput,
        fmt::format("这个表有 {} 列，多于 {} 列，不像名单；请检查分隔符和表头", columns, kColumns),
        fmt::format("the table has {} columns, more than {}: it is no list. "
                    "Check its delimiter and header",
                    columns, kColumns),
        mapping.table);
  const auto sample = read_sample(*opened->tables.front());
  BIDUI_TRY(sample);
  mapping.rows = sample->rows.size();
  const auto named =
      std::ranges::find(known, source_of_instance(options.source), &schema::Schema::source);
  if (options.source.empty() || named != known.end()) {
    const Result<const schema::Schema*> schema = options.source.empty()
                                                     ? find_source(known, *sample, mapping)
                                                     : Result<const schema::Schema*>(&*named);
    BIDUI_TRY(schema);
    mapping.source = options.source.empty() ? (*schema)->source : options.source;
    mapping.title = (*schema)->title;
    mapping.columns = infer_columns(**schema, *sample);
    note_missing(**schema, mapping);
    return mapping;
  }
  BIDUI_TRY(check_name(options.source));
  mapping.source = options.source;
  mapping.title = options.title.empty() ? options.source : options.title;
  auto declared =
      declare_by_file(known, *sample, source_of_instance(options.source), mapping.title);
  if (!declared) return declared.error().with_context(mapping.table);
  const auto schema = schema::parse_schema(declared->schema, mapping.table);
  BIDUI_TRY(schema);
  mapping.schema = std::move(declared->schema);
  mapping.columns = infer_columns(*schema, *sample);
  for (std::size_t c = 0; c < mapping.columns.size(); ++c) {
    const auto field = schema->find_field(mapping.columns[c].field);
    if (field && declared->by_cells[c])
      judge_by_cells(schema->fields[*field], *sample, c, mapping.columns[c]);
  }
  return mapping;
}

std::string InferredMapping::text() const {
  std::string lines;
  for (const InferredColumn& column : columns) {
    const json::object object = {
        {"header", column.header},
        {"field", column.field.empty() ? json::value(nullptr) : json::value(column.field)},
        {"confidence", column.field.empty() ? json::value(0) : json::value(column.confidence)},
        {"because", column.because.zh},
        {"examples", json::array(column.examples.begin(), column.examples.end())}};
    std::string line = "    { ";
    for (const auto& [name, value] : object) {
      if (line.size() > 6) line += ", ";
      line += fmt::format("\"{}\": {}", std::string_view(name),
                          name == "confidence" ? fmt::format("{:.2f}", value.to_number<double>())
                                               : json::serialize(value));
    }
    lines += (lines.empty() ? "" : ",\n") + line + " }";
  }
  std::string out = fmt::format("{{\n  \"source\": {},\n  \"columns\": [\n{}\n  ]",
                                json::serialize(json::value(source)), lines);
  if (!schema.empty()) out += ",\n  \"schema\": " + schema;
  return out + "\n}\n";
}

}  // namespace bidui::workspace
