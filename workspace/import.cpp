#include "workspace/import.h"

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <optional>
#include <tbb/parallel_pipeline.h>
#include <unordered_set>

#include "connectors/delimited/delimited_reader.h"
#include "matcher/base/hash.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/text/date.h"
#include "workspace/builtin_data.h"
#include "workspace/index_keys.h"
#include "workspace/person_fields.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

using connectors::DelimitedReader;
using connectors::RejectReason;
using connectors::RowBatch;
using connectors::RowFate;

constexpr std::size_t kBatchesInFlight = 8;
constexpr std::size_t kStoredRejects = 10'000;  // the rest is in rejects.csv only

std::string hex(std::span<const unsigned char> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char b : bytes) {
    text += kDigits[b >> 4];
    text += kDigits[b & 15];
  }
  return text;
}

// SHA-256 over the files' bytes, in their order.
class ContentHash {
 public:
  ContentHash() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }

  Status add_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<char> buffer(1 << 20);
    while (file) {
      file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
      EVP_DigestUpdate(context_.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof()) return make_error(ErrorCode::kIo, "cannot read", path.filename().string());
    return {};
  }

  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    return hex(std::span(digest).first(size));
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// What one batch of rows became.
struct BuiltBatch {
  std::vector<record::PersonFeatures> features;
  std::string records;  // encoded without their keys' uniqueness settled
  std::vector<std::size_t> record_ends;
  std::vector<std::uint64_t> key_hashes;
  std::vector<std::size_t> hash_ends;  // per record, into index_hashes
  std::vector<std::uint64_t> index_hashes;
  std::vector<connectors::Reject> rejects;
  record::RepairCounts repairs{};
  std::uint64_t required_missing = 0;
  std::uint64_t missing_keys = 0;
};

struct FileMapping {
  std::vector<int> column_of_field;
  std::vector<std::size_t> extras;
};

FileMapping mapping_of(const schema::HeaderMapping& mapping, const schema::Schema& schema,
                       std::size_t columns) {
  FileMapping result;
  std::vector<bool> taken(columns);
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping.column(f);
    result.column_of_field.push_back(column ? static_cast<int>(*column) : -1);
    if (column) taken[*column] = true;
  }
  for (std::size_t c = 0; c < columns; ++c) {
    if (!taken[c]) result.extras.push_back(c);
  }
  return result;
}

// A number that went through a spreadsheet: 3.40826E+14.
bool damaged_key(std::string_view text) { return text.find("E+") != std::string_view::npos; }

class BatchBuilder {
 public:
  BatchBuilder(const schema::Schema& schema, std::uint32_t county, const IndexKeys& index_keys)
      : schema_(schema), person_fields_(schema), builder_(county), index_keys_(index_keys) {}

  BuiltBatch build(const RowBatch& batch, const FileMapping& mapping,
                   std::span<const std::string> header, const std::string& file,
                   std::uint32_t file_index) const {
    BuiltBatch out;
    out.features.reserve(batch.rows().size());
    std::vector<std::string_view> fields(schema_.fields.size());
    std::vector<std::string_view> extras(mapping.extras.size());
    std::vector<std::uint64_t> hashes;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate == RowFate::kRejected)
        out.rejects.push_back(connectors::describe_reject(file, header, batch, row));
      if (row.fate != RowFate::kLoaded) continue;
      const auto cells = batch.cells(row);
      for (std::size_t f = 0; f < fields.size(); ++f) {
        const int column = mapping.column_of_field[f];
        fields[f] = column < 0 ? std::string_view{} : cells[static_cast<std::size_t>(column)];
      }
      for (std::size_t e = 0; e < extras.size(); ++e) extras[e] = cells[mapping.extras[e]];
      if (reject_missing(fields, row, file, out)) continue;
      add_record(fields, extras, row.number, file_index, hashes, out);
    }
    return out;
  }

 private:
  bool reject_missing(std::span<const std::string_view> fields, const connectors::Row& row,
                      const std::string& file, BuiltBatch& out) const {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (schema_.fields[f].requirement != schema::Requirement::kValue || !fields[f].empty())
        continue;
      out.rejects.push_back(
          {file, row.number, schema_.fields[f].title, RejectReason::kRequiredMissing, {}});
      ++out.required_missing;
      return true;
    }
    return false;
  }

  std::string key_of(std::span<const std::string_view> fields, BuiltBatch& out) const {
    std::string key;
    for (const std::size_t f : schema_.key) {
      if (fields[f].empty() || damaged_key(fields[f])) {
        ++out.missing_keys;
        return content_key(fields);
      }
      if (!key.empty()) key += '-';
      key += fields[f];
    }
    return key.empty() ? content_key(fields) : key;
  }

  // '#' and a hash of the content, so that the key survives a new order of the rows.
  static std::string content_key(std::span<const std::string_view> fields) {
    std::uint64_t h = 1;
    for (const std::string_view field : fields) h = hash_bytes(field, h);
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<unsigned char>(h >> (56 - 8 * i));
    return "#" + hex(bytes);
  }

  void add_record(std::span<const std::string_view> fields,
                  std::span<const std::string_view> extras, std::uint32_t row,
                  std::uint32_t file_index, std::vector<std::uint64_t>& hashes,
                  BuiltBatch& out) const {
    const record::PersonText text = person_fields_.text([&](std::size_t f) { return fields[f]; });
    out.features.push_back(builder_.build(text, out.repairs));
    const std::string key = key_of(fields, out);
    out.key_hashes.push_back(hash_bytes(key) | 1U);
    encode_record({.key = key, .file = file_index, .row = row, .fields = fields, .extras = extras},
                  out.records);
    out.record_ends.push_back(out.records.size());
    index_keys_.all(out.features.back(), key, text.household, hashes);
    out.index_hashes.insert(out.index_hashes.end(), hashes.begin(), hashes.end());
    out.hash_ends.push_back(out.index_hashes.size());
  }

  const schema::Schema& schema_;
  PersonFields person_fields_;
  record::FeatureBuilder builder_;
  const IndexKeys& index_keys_;
};

// Takes built batches in order: settles repeated keys and feeds the store.
class DeliverySink {
 public:
  DeliverySink(store::DeliveryWriter& writer, const IndexKeys& index_keys, ImportReport& report)
      : writer_(writer), index_keys_(index_keys), report_(report) {}

  Status add(BuiltBatch& batch) {
    std::vector<std::string_view> records;
    std::vector<store::IndexEntry> entries;
    entries.reserve(batch.index_hashes.size());
    std::vector<std::unique_ptr<std::string>> rewritten;
    std::size_t begin = 0;
    std::size_t hash_begin = 0;
    for (std::size_t i = 0; i < batch.features.size(); ++i) {
      std::string_view record =
          std::string_view(batch.records).substr(begin, batch.record_ends[i] - begin);
      begin = batch.record_ends[i];
      if (!keys_.insert(batch.key_hashes[i]).second) {
        rewritten.push_back(std::make_unique<std::string>(rename_repeated(record, entries)));
        record = *rewritten.back();
      }
      records.push_back(record);
      for (std::size_t h = hash_begin; h < batch.hash_ends[i]; ++h)
        entries.push_back({batch.index_hashes[h], row_});
      hash_begin = batch.hash_ends[i];
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

  std::uint32_t rows() const { return row_; }

 private:
  // A key that stood before: this row is named by its content; a repetition to the letter gets a
  // number as well.
  std::string rename_repeated(std::string_view bytes, std::vector<store::IndexEntry>& entries) {
    ++report_.repeated_keys;
    StoredRecord record;
    record.decode(bytes);
    std::vector<std::string_view> fields;
    std::uint64_t h = 1;
    for (std::size_t f = 0; f < record.field_count(); ++f) {
      fields.push_back(record.field(f));
      h = hash_bytes(fields.back(), h);
    }
    std::string key;
    for (std::uint64_t again = 0;; ++again) {
      std::array<unsigned char, 8> digest{};
      const std::uint64_t value = again == 0 ? h : hash_combine(h, again);
      for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<unsigned char>(value >> (56 - 8 * i));
      key = "#" + hex(digest);
      if (keys_.insert(hash_bytes(key) | 1U).second) break;
    }
    entries.push_back({index_keys_.record_key(key), row_});
    std::string out;
    encode_record({.key = key,
                   .file = record.file(),
                   .row = record.row(),
                   .fields = fields,
                   .extras = record.extras()},
                  out);
    return out;
  }

  store::DeliveryWriter& writer_;
  const IndexKeys& index_keys_;
  ImportReport& report_;
  std::unordered_set<std::uint64_t> keys_;
  std::uint32_t row_ = 0;
};

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

Status import_file(const std::filesystem::path& path, std::uint32_t file_index,
                   const schema::Schema& schema, const BatchBuilder& builder, DeliverySink& sink,
                   ImportReport& report, const Progress& progress) {
  Result<DelimitedReader> reader = open_file(path, schema);
  BIDUI_TRY(reader);
  const Result<schema::HeaderMapping> mapping = schema::map_headers(schema, reader->header());
  if (!mapping) return mapping.error().with_context(reader->name());
  set_fill_down(*reader, schema, *mapping);
  ImportedFile described = describe_file(*reader, schema, *mapping);
  const FileMapping columns = mapping_of(*mapping, schema, reader->header().size());

  std::optional<Error> failure;
  std::uint64_t required_missing = 0;
  const auto read = [&](tbb::flow_control& control) -> std::shared_ptr<RowBatch> {
    auto batch = std::make_shared<RowBatch>();
    const Result<bool> more = failure ? Result<bool>(false) : reader->read(*batch);
    if (!more) failure = more.error();
    if (!more || !*more) {
      control.stop();
      return nullptr;
    }
    workspace::report(progress, {"import", "bytes", reader->bytes_read(), reader->bytes_total()});
    return batch;
  };
  const auto build = [&](const std::shared_ptr<RowBatch>& batch) {
    return std::make_shared<BuiltBatch>(
        builder.build(*batch, columns, reader->header(), reader->name(), file_index));
  };
  const auto take = [&](const std::shared_ptr<BuiltBatch>& batch) {
    required_missing += batch->required_missing;
    if (Status status = sink.add(*batch); !status && !failure) failure = status.error();
  };
  tbb::parallel_pipeline(
      kBatchesInFlight,
      tbb::make_filter<void, std::shared_ptr<RowBatch>>(tbb::filter_mode::serial_in_order, read) &
          tbb::make_filter<std::shared_ptr<RowBatch>, std::shared_ptr<BuiltBatch>>(
              tbb::filter_mode::parallel, build) &
          tbb::make_filter<std::shared_ptr<BuiltBatch>, void>(tbb::filter_mode::serial_in_order,
                                                              take));
  if (failure) return *failure;
  described.rows = reader->counts();
  for (std::uint64_t i = 0; i < required_missing; ++i)
    described.rows.reject_loaded(RejectReason::kRequiredMissing);
  report.files.push_back(std::move(described));
  return {};
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

}  // namespace

namespace {

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

}  // namespace

Result<ImportReport> import_delivery(Workspace& workspace, const ImportOptions& options,
                                     const Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const Result<const schema::Schema*> schema = workspace.schema_of(options.instance);
  BIDUI_TRY(schema);
  BIDUI_TRY(check_date(options.as_of));
  ImportReport report;
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
  const store::WriterOptions writer_options{.same_delivery = options.replace
                                                                 ? store::SameDelivery::kReplace
                                                                 : store::SameDelivery::kRefuse};
  Result<store::DeliveryWriter> writer = workspace.store().begin_delivery(info, writer_options);
  BIDUI_TRY(writer);

  const IndexKeys index_keys(workspace.store().index_secret());
  const BatchBuilder builder(**schema, workspace.county_code(), index_keys);
  DeliverySink sink(*writer, index_keys, report);
  ContentHash content;
  for (std::size_t f = 0; f < options.files.size(); ++f) {
    BIDUI_TRY(import_file(options.files[f], static_cast<std::uint32_t>(f), **schema, builder, sink,
                          report, progress));
    BIDUI_TRY(content.add_file(options.files[f]));
  }
  for (const ImportedFile& file : report.files) {
    info.rows.read += file.rows.read;
    info.rows.loaded += file.rows.loaded;
    info.rows.rejected += file.rows.rejected;
    info.rows.skipped += file.rows.skipped;
  }
  info.content_hash = content.finish();
  info.details = details_json(report);
  writer->set_info(info);
  Result<store::DeliveryInfo> committed = writer->commit();
  BIDUI_TRY(committed);
  report.delivery = std::move(*committed);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return report;
}

}  // namespace bidui::workspace
