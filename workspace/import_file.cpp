#include "workspace/import_file.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <tbb/parallel_pipeline.h>

#include "connectors/delimited/cell_table.h"
#include "connectors/tables/open_tables.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header_mapping.h"
#include "workspace/household_block.h"

namespace bidui::workspace {
namespace {

using connectors::RowBatch;
using connectors::TableReader;

constexpr std::size_t kBatchesInFlight = 6;

// Headers of two lines ("月保障金额\n（元）") in one.
std::string one_line(std::string header) {
  std::erase_if(header, [](char c) { return c == '\n' || c == '\r'; });
  return header;
}

std::ptrdiff_t mapped_fields(const schema::HeaderMapping& mapping) {
  return std::ranges::count_if(mapping.fields, [](const auto& field) { return field.has_value(); });
}

// Notes the source that knows many more of the file's headers than its own does. A list of one
// office given as another's would be compared without an error, and be wrong from end to end.
void find_likelier_source(const ImportContext& context, const schema::HeaderMapping& mapping,
                          std::span<const std::string> header, ImportedFile& file) {
  constexpr std::ptrdiff_t kManyMore = 3;
  std::ptrdiff_t most = mapped_fields(mapping) + kManyMore - 1;
  for (const schema::Schema& other : context.schemas) {
    if (other.source == context.schema.source) continue;
    const auto mapped = schema::map_headers(other, header);
    if (!mapped || mapped_fields(*mapped) <= most) continue;
    most = mapped_fields(*mapped);
    file.likelier_source = other.source;
    file.likelier_title = other.title;
  }
}

ImportedFile describe_table(const TableReader& reader, const schema::Schema& schema,
                            const schema::HeaderMapping& mapping, const FileColumns& columns) {
  ImportedFile file;
  file.name = reader.name();
  file.kind = reader.format().kind;
  if (file.kind == connectors::TableKind::kText || file.kind == connectors::TableKind::kHtml)
    file.encoding = connectors::encoding_name(reader.format().encoding);
  file.bom = reader.format().bom;
  file.delimiter = reader.format().delimiter;
  file.header_row = reader.format().header_row;
  for (std::size_t column = 0; column < reader.header().size(); ++column) {
    for (std::size_t f = 0; f < schema.fields.size(); ++f) {
      const auto& mapped = mapping.fields[f];
      if (!mapped || mapped->column != column) continue;
      file.columns.push_back({.header = one_line(reader.header()[column]),
                              .field = schema.fields[f].id,
                              .title = schema.fields[f].title,
                              .loose = mapped->match == schema::HeaderMatch::kLoose,
                              .zeros = columns.zeros[f]});
    }
  }
  for (const schema::AmbiguousHeader& header : mapping.ambiguous) {
    const schema::Field& field = schema.fields[header.field];
    AmbiguousField& ambiguous = file.ambiguous.emplace_back(
        AmbiguousField{.field = field.id,
                       .title = field.title,
                       .chosen = one_line(reader.header()[header.chosen])});
    for (const std::size_t column : header.rejected)
      ambiguous.rejected.push_back(one_line(reader.header()[column]));
  }
  for (const std::size_t column : mapping.unmapped) {
    const std::string& header = reader.header()[column];
    if (columns.change == column) continue;
    file.unmapped.push_back(header.empty()
                                ? connectors::column_letters(static_cast<std::uint32_t>(column))
                                : one_line(header));
  }
  return file;
}

// Where a table's bytes, which may be packed, stand among those of all files.
struct BytesRead {
  std::uint64_t before = 0;
  double per_byte = 1;  // of the file, of one of the table
};

// One table: read in order, built on all threads, handed to the sink in order.
class TablePipeline {
 public:
  TablePipeline(const ImportContext& context, TableReader& reader, const BatchOrigin& origin,
                const BytesRead& bytes)
      : context_(context), reader_(reader), origin_(origin), bytes_(bytes) {}

  // How many rows lack a required value.
  Result<std::uint64_t> run() {
    using Rows = std::shared_ptr<RowBatch>;
    using Built = std::shared_ptr<BuiltBatch>;
    const auto build = [this](const Rows& rows) {
      return std::make_shared<BuiltBatch>(context_.builder.build(*rows, origin_));
    };
    tbb::parallel_pipeline(
        kBatchesInFlight,
        tbb::make_filter<void, Rows>(tbb::filter_mode::serial_in_order,
                                     [this](tbb::flow_control& control) { return read(control); }) &
            tbb::make_filter<Rows, Built>(tbb::filter_mode::parallel, build) &
            tbb::make_filter<Built, void>(tbb::filter_mode::serial_in_order,
                                          [this](const Built& built) { take(*built); }));
    if (read_error_) return *read_error_;
    if (sink_error_) return *sink_error_;
    return required_missing_;
  }

 private:
  std::shared_ptr<RowBatch> read(tbb::flow_control& control) {
    auto batch = std::make_shared<RowBatch>();
    const Result<bool> more = sink_failed_ ? Result<bool>(false) : reader_.read(*batch);
    if (!more) read_error_ = more.error();
    if (!more || !*more) {
      control.stop();
      return nullptr;
    }
    if (context_.content_hash != nullptr) context_.content_hash->add(batch->text().view());
    const double read = bytes_.per_byte * static_cast<double>(reader_.bytes_read());
    report(context_.progress, {"import", "bytes", bytes_.before + static_cast<std::uint64_t>(read),
                               context_.total_bytes});
    return batch;
  }

  void take(BuiltBatch& batch) {
    required_missing_ += batch.required_missing;
    if (sink_failed_) return;
    const Status status = context_.sink.add(batch);
    if (status) return;
    sink_error_ = status.error();
    sink_failed_ = true;
  }

  const ImportContext& context_;
  TableReader& reader_;
  const BatchOrigin& origin_;
  const BytesRead bytes_;
  std::optional<Error> read_error_;  // of the first filter only
  std::optional<Error> sink_error_;  // of the last filter only
  std::atomic<bool> sink_failed_ = false;
  std::uint64_t required_missing_ = 0;
};

// The rows of a list of changes, kept until all are there.
Result<ImportedFile> import_changes(const ImportContext& context, TableReader& reader,
                                    const BatchOrigin& origin, ImportedFile described) {
  connectors::RowCounts unusable;
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = reader.read(batch);
    BIDUI_TRY(more);
    if (!*more) break;
    if (context.content_hash != nullptr) context.content_hash->add(batch.text().view());
    context.changes->add(batch, origin, *context.rejects, unusable);
  }
  described.rows = reader.counts();
  described.notes = reader.notes();
  for (std::size_t r = 0; r < unusable.by_reject_reason.size(); ++r) {
    for (std::uint64_t i = 0; i < unusable.by_reject_reason[r]; ++i)
      described.rows.reject_loaded(static_cast<connectors::RejectReason>(r));
  }
  return described;
}

Error no_change_column() {
  return bilingual_error(
      ErrorCode::kBadInput,
      "没有说明每一行是新增、变更还是删除的列（如“变更类型”“操作”）；列名不同的，用列对照写明："
      "\"field\": \"change\"（docs/deliveries.md）",
      "no column says whether a row is added, changed or deleted (such as 变更类型 or op); one of "
      "another name is given by a mapping: \"field\": \"change\" (docs/deliveries.md)");
}

Result<ImportedFile> import_table(const ImportContext& context, TableReader& reader,
                                  const TableColumns& table, std::uint32_t index,
                                  const BytesRead& bytes) {
  const schema::HeaderMapping& mapping = table.headers;
  // A changed row stands by itself, not in the block of its household.
  if (context.changes == nullptr) BIDUI_TRY(fill_household_down(context.schema, mapping, reader));
  const FileColumns columns(table, context.schema, reader.header(), context.changes != nullptr);
  ImportedFile described = describe_table(reader, context.schema, mapping, columns);
  find_likelier_source(context, mapping, reader.header(), described);
  if (table.change_column)
    described.change_column = one_line(reader.header()[*table.change_column]);
  const BatchOrigin origin{
      .columns = columns, .header = reader.header(), .file = reader.name(), .file_index = index};
  if (context.changes != nullptr)
    return import_changes(context, reader, origin, std::move(described));
  const Result<std::uint64_t> required_missing =
      TablePipeline(context, reader, origin, bytes).run();
  BIDUI_TRY(required_missing);
  described.rows = reader.counts();
  described.notes = reader.notes();
  for (std::uint64_t i = 0; i < *required_missing; ++i)
    described.rows.reject_loaded(connectors::RejectReason::kRequiredMissing);
  return described;
}

// Of all tables of a file, unpacked.
double bytes_of(const connectors::FileTables& file) {
  double bytes = 0;
  for (const auto& table : file.tables) bytes += static_cast<double>(table->bytes_total());
  return std::max(bytes, 1.0);
}

// All tables of one file, or that of a database.
Result<ImportedTables> import_tables(const ImportContext& context, connectors::FileTables opened,
                                     std::uint32_t index, BytesRead bytes) {
  ImportedTables imported{.left_out = std::move(opened.left_out)};
  const std::size_t without_header = imported.left_out.size();
  for (auto& table : opened.tables) {
    const auto columns = context.mapper.map(table->header());
    if (!columns) {
      imported.left_out.push_back({.name = table->name(), .reason = columns.error()});
      continue;
    }
    if (context.changes != nullptr && !columns->change_column) {
      imported.left_out.push_back({.name = table->name(), .reason = no_change_column()});
      continue;
    }
    const auto number = index + static_cast<std::uint32_t>(imported.tables.size());
    Result<ImportedFile> read = import_table(context, *table, *columns, number, bytes);
    BIDUI_TRY(read);
    if (columns->mapping != nullptr) read->mapping = columns->mapping->name;
    read->change = columns->change;
    imported.tables.push_back(std::move(*read));
    bytes.before +=
        static_cast<std::uint64_t>(bytes.per_byte * static_cast<double>(table->bytes_total()));
    table.reset();
  }
  if (imported.tables.empty()) {
    const connectors::LeftOut& first = imported.left_out[without_header];
    return first.reason.with_context(first.name);
  }
  return imported;
}

connectors::HeaderTest header_test(const ImportContext& context) {
  return [&](std::span<const std::string_view> cells) { return context.mapper.known(cells); };
}

}  // namespace

Result<ImportedTables> import_file(const ImportContext& context, const std::filesystem::path& path,
                                   std::uint32_t index, std::uint64_t bytes_before) {
  Result<connectors::FileTables> opened = connectors::open_tables(path, header_test(context));
  BIDUI_TRY(opened);
  std::error_code failure;
  const auto size = static_cast<double>(std::filesystem::file_size(path, failure));
  const BytesRead bytes{.before = bytes_before, .per_byte = failure ? 1 : size / bytes_of(*opened)};
  return import_tables(context, std::move(*opened), index, bytes);
}

Result<ImportedTables> import_database(const ImportContext& context,
                                       const connectors::DatabaseConnection& connection,
                                       const connectors::DatabaseSelection& selection,
                                       std::uint32_t index) {
  auto table = connectors::open_database(connection, selection, header_test(context),
                                         connectors::ReaderOptions{}.block_bytes);
  BIDUI_TRY(table);
  connectors::FileTables tables;
  tables.tables.push_back(std::move(*table));
  return import_tables(context, std::move(tables), index, {});
}

}  // namespace bidui::workspace
