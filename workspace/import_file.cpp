#include "workspace/import_file.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <tbb/parallel_pipeline.h>

#include "connectors/delimited/delimited_reader.h"
#include "matcher/schema/header_mapping.h"
#include "workspace/household_block.h"

namespace bidui::workspace {
namespace {

using connectors::DelimitedReader;
using connectors::RowBatch;

constexpr std::size_t kBatchesInFlight = 6;

Result<DelimitedReader> open_file(const std::filesystem::path& path, const schema::Schema& schema) {
  return DelimitedReader::open(path, [&schema](std::span<const std::string_view> cells) {
    return static_cast<int>(schema::recognised_count(schema, cells));
  });
}

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

ImportedFile describe_file(const DelimitedReader& reader, const schema::Schema& schema,
                           const schema::HeaderMapping& mapping, const FileColumns& columns) {
  ImportedFile file;
  file.name = reader.name();
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
  for (const std::size_t column : mapping.unmapped)
    file.unmapped.push_back(one_line(reader.header()[column]));
  return file;
}

// One file: read in order, built on all threads, handed to the sink in order.
class FilePipeline {
 public:
  // `bytes_before`: of the files before this one, for the progress.
  FilePipeline(const ImportContext& context, DelimitedReader& reader, const BatchOrigin& origin,
               std::uint64_t bytes_before)
      : context_(context), reader_(reader), origin_(origin), bytes_before_(bytes_before) {}

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
    report(context_.progress,
           {"import", "bytes", bytes_before_ + reader_.bytes_read(), context_.total_bytes});
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
  DelimitedReader& reader_;
  const BatchOrigin& origin_;
  const std::uint64_t bytes_before_;
  std::optional<Error> read_error_;  // of the first filter only
  std::optional<Error> sink_error_;  // of the last filter only
  std::atomic<bool> sink_failed_ = false;
  std::uint64_t required_missing_ = 0;
};

}  // namespace

Result<ImportedFile> import_file(const ImportContext& context, const std::filesystem::path& path,
                                 std::uint32_t index, std::uint64_t bytes_before) {
  Result<DelimitedReader> reader = open_file(path, context.schema);
  BIDUI_TRY(reader);
  const auto mapping = schema::map_headers(context.schema, reader->header());
  if (!mapping) return mapping.error().with_context(reader->name());
  BIDUI_TRY(fill_household_down(context.schema, *mapping, *reader));
  const FileColumns columns(*mapping, context.schema, reader->header());
  ImportedFile described = describe_file(*reader, context.schema, *mapping, columns);
  find_likelier_source(context, *mapping, reader->header(), described);
  const BatchOrigin origin{
      .columns = columns, .header = reader->header(), .file = reader->name(), .file_index = index};
  const Result<std::uint64_t> required_missing =
      FilePipeline(context, *reader, origin, bytes_before).run();
  BIDUI_TRY(required_missing);
  described.rows = reader->counts();
  for (std::uint64_t i = 0; i < *required_missing; ++i)
    described.rows.reject_loaded(connectors::RejectReason::kRequiredMissing);
  return described;
}

}  // namespace bidui::workspace
