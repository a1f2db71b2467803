#include "workspace/import.h"

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <tbb/parallel_pipeline.h>

#include "connectors/delimited/delimited_reader.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/text/date.h"
#include "workspace/builtin_data.h"
#include "workspace/content_hash.h"
#include "workspace/delivery_sink.h"
#include "workspace/import_batch.h"

namespace bidui::workspace {
namespace {

using connectors::DelimitedReader;
using connectors::RowBatch;

constexpr std::size_t kBatchesInFlight = 6;
constexpr std::size_t kStoredRejects = 10'000;  // the rest is in rejects.csv only

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

ImportedFile describe_file(const DelimitedReader& reader, const schema::Schema& schema,
                           const schema::HeaderMapping& mapping) {
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
                              .loose = mapped->match == schema::HeaderMatch::kLoose});
    }
  }
  for (const std::size_t column : mapping.unmapped)
    file.unmapped.push_back(one_line(reader.header()[column]));
  return file;
}

// Household columns that stand only on the first row of a block.
void set_fill_down(DelimitedReader& reader, const schema::Schema& schema,
                   const schema::HeaderMapping& mapping) {
  if (!schema.household) return;
  const auto key = mapping.column(*schema.household);
  if (!key || !schema.fields[*schema.household].fill_down) return;
  connectors::FillDown fill{.key_column = static_cast<std::uint32_t>(*key)};
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping.column(f);
    if (schema.fields[f].fill_down && column && *column != *key) {
      fill.columns.push_back(static_cast<std::uint32_t>(*column));
    }
  }
  reader.fill_down(std::move(fill));
}

// What one import needs all along.
struct ImportContext {
  const schema::Schema& schema;
  const BatchBuilder& builder;
  DeliverySink& sink;
  const Progress& progress;
  std::uint64_t total_bytes = 0;  // of all files
};

// Unreadable files count nothing here; opening them says what is wrong.
std::uint64_t size_of(std::span<const std::filesystem::path> files) {
  std::uint64_t bytes = 0;
  for (const auto& file : files) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (!failure) bytes += size;
  }
  return bytes;
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

Result<ImportedFile> import_file(std::span<const std::filesystem::path> files, std::size_t index,
                                 const ImportContext& context) {
  Result<DelimitedReader> reader = open_file(files[index], context.schema);
  BIDUI_TRY(reader);
  const auto mapping = schema::map_headers(context.schema, reader->header());
  if (!mapping) return mapping.error().with_context(reader->name());
  set_fill_down(*reader, context.schema, *mapping);
  ImportedFile described = describe_file(*reader, context.schema, *mapping);
  const FileColumns columns(*mapping, context.schema, reader->header());
  const BatchOrigin origin{.columns = columns,
                           .header = reader->header(),
                           .file = reader->name(),
                           .file_index = static_cast<std::uint32_t>(index)};
  const Result<std::uint64_t> required_missing =
      FilePipeline(context, *reader, origin, size_of(files.first(index))).run();
  BIDUI_TRY(required_missing);
  described.rows = reader->counts();
  for (std::uint64_t i = 0; i < *required_missing; ++i)
    described.rows.reject_loaded(connectors::RejectReason::kRequiredMissing);
  return described;
}

std::string details_json(const ImportReport& report) {
  namespace json = boost::json;
  json::array files;
  for (const ImportedFile& file : report.files) {
    json::array unmapped(file.unmapped.begin(), file.unmapped.end());
    files.push_back(json::object{{"name", file.name},
                                 {"encoding", file.encoding},
                                 {"header_row", file.header_row},
                                 {"read", file.rows.read},
                                 {"loaded", file.rows.loaded},
                                 {"rejected", file.rows.rejected},
                                 {"skipped", file.rows.skipped},
                                 {"unmapped", unmapped}});
  }
  json::object repairs;
  for (std::size_t r = 0; r < report.repairs.size(); ++r) {
    if (report.repairs[r] != 0)
      repairs[record::repair_name(static_cast<record::Repair>(r))] = report.repairs[r];
  }
  json::array rejects;
  for (const connectors::Reject& reject : report.rejects) {
    if (rejects.size() == kStoredRejects) break;
    rejects.push_back(json::object{{"file", reject.file},
                                   {"row", reject.row},
                                   {"field", reject.field},
                                   {"reason", connectors::reject_reason_name(reject.reason)},
                                   {"value", reject.masked_value}});
  }
  return json::serialize(json::object{{"files", files},
                                      {"repairs", repairs},
                                      {"rejects", rejects},
                                      {"repeated_keys", report.repeated_keys},
                                      {"missing_keys", report.missing_keys}});
}

Status check_date(const std::string& as_of) {
  const text::ParsedDate date = text::parse_date(as_of);
  if (as_of.size() == 10 && as_of[4] == '-' && date.state == text::DateState::kOk) return {};
  return make_error(ErrorCode::kInvalidArgument, "the as-of date is no date YYYY-MM-DD", as_of);
}

Status check_coverage(const std::string& coverage) {
  const bool digits = coverage.find_first_not_of("0123456789") == std::string::npos;
  if (digits && coverage.size() >= 2 && coverage.size() <= 12) return {};
  return make_error(ErrorCode::kInvalidArgument,
                    coverage.empty()
                        ? "the workspace has no division: name the division that the files cover"
                        : "the coverage is no division code of 2 to 12 digits",
                    coverage);
}

Result<std::string> hash_of_files(const std::vector<std::filesystem::path>& files) {
  ContentHash hash;
  for (const auto& file : files) BIDUI_TRY(hash.add_file(file));
  return hash.finish();
}

// All that is known of a delivery before its files are read.
Result<store::DeliveryInfo> describe_delivery(const Workspace& workspace,
                                              const ImportOptions& options) {
  BIDUI_TRY(check_date(options.as_of));
  store::DeliveryInfo info;
  info.source = std::string(source_of_instance(options.instance));
  info.instance = options.instance;
  info.coverage = options.coverage.empty() ? workspace.config().division : options.coverage;
  BIDUI_TRY(check_coverage(info.coverage));
  info.as_of = options.as_of;
  info.feature_stride = sizeof(record::PersonFeatures);
  ContentHash schema_hash;
  schema_hash.add(*builtin_file("sources/" + info.source + ".json"));
  info.schema_hash = schema_hash.finish();
  for (const auto& file : options.files) info.files.push_back(file.filename().string());
  return info;
}

void add_counts(const ImportReport& report, store::RowCounts& rows) {
  for (const ImportedFile& file : report.files) {
    rows.read += file.rows.read;
    rows.loaded += file.rows.loaded;
    rows.rejected += file.rows.rejected;
    rows.skipped += file.rows.skipped;
  }
}

}  // namespace

Result<ImportReport> import_delivery(Workspace& workspace, const ImportOptions& options,
                                     const Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const Result<const schema::Schema*> schema = workspace.schema_of(options.instance);
  BIDUI_TRY(schema);
  Result<store::DeliveryInfo> info = describe_delivery(workspace, options);
  BIDUI_TRY(info);
  using store::SameDelivery;
  Result<store::DeliveryWriter> writer = workspace.store().begin_delivery(
      *info, {.same_delivery = options.replace ? SameDelivery::kReplace : SameDelivery::kRefuse});
  BIDUI_TRY(writer);

  ImportReport report;
  const IndexKeys index_keys(workspace.store().index_secret());
  const BatchBuilder builder(**schema, workspace.county_code(), index_keys);
  DeliverySink sink(*writer, **schema, index_keys, report);
  const ImportContext context{.schema = **schema,
                              .builder = builder,
                              .sink = sink,
                              .progress = progress,
                              .total_bytes = size_of(options.files)};
  auto content_hash =
      std::async(std::launch::async, [&options] { return hash_of_files(options.files); });
  for (std::size_t f = 0; f < options.files.size(); ++f) {
    Result<ImportedFile> file = import_file(options.files, f, context);
    BIDUI_TRY(file);
    report.files.push_back(std::move(*file));
  }
  BIDUI_TRY(sink.finish());
  const Result<std::string> hash = content_hash.get();
  BIDUI_TRY(hash);
  info->content_hash = *hash;
  add_counts(report, info->rows);
  info->details = details_json(report);
  writer->set_info(*info);
  workspace::report(progress, {"commit", "rows", info->rows.loaded, info->rows.loaded});
  Result<store::DeliveryInfo> committed = writer->commit();
  BIDUI_TRY(committed);
  report.delivery = std::move(*committed);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return report;
}

}  // namespace bidui::workspace
