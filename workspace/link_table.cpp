#include "workspace/link_table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>

#include "connectors/tables/table_sequence.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/schema/cell_profile.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/header_word.h"
#include "matcher/text/id_number.h"
#include "workspace/date_parts.h"
#include "workspace/link_schema.h"

namespace bidui::workspace {
namespace {

using connectors::RowBatch;
using connectors::TableReader;

constexpr std::size_t kSampleRows = 1000;
constexpr std::size_t kBatchesInFlight = 8;
// A batch is read, standardised and searched by one thread, out of its own cache.
constexpr std::size_t kBatchBytes = std::size_t{256} * 1024;

int known_headers(std::span<const std::string_view> cells) {
  int known = 0;
  for (const std::string_view cell : cells) {
    known += schema::find_header_word(cell) || schema::row_key_rank(cell) ? 1 : 0;
  }
  return known;
}

std::string_view cell_at(std::span<const std::string_view> cells, int column) {
  return column < 0 ? std::string_view{} : cells[static_cast<std::size_t>(column)];
}

// What the cell of a value says; a key is taken as it stands.
std::string_view value_at(std::span<const std::string_view> cells, int column) {
  return schema::without_decimal_zero(cell_at(cells, column));
}

// The names of one row: whole, or Latin ones in two parts that are compared as texts.
struct RowName {
  std::string_view full{};
  SplitName parts{};
  bool parts_are_texts = false;
};

RowName row_name(const LinkColumns& columns, std::span<const std::string_view> cells) {
  RowName name{.full = cell_at(cells, columns.full_name),
               .parts = {.family = cell_at(cells, columns.family_name),
                         .given = cell_at(cells, columns.given_name)}};
  const bool split = columns.family_text >= 0 || columns.given_text >= 0;
  if (split && columns.full_name_order) {
    name.parts_are_texts = !has_han(name.full);
    if (name.parts_are_texts) name.parts = split_name(name.full, *columns.full_name_order);
  } else {
    name.parts_are_texts = split && !has_han(name.parts.family) && !has_han(name.parts.given);
  }
  return name;
}

void set_birth(const LinkColumns& columns, std::span<const std::string_view> cells,
               record::PersonText& text) {
  text.birth = value_at(cells, columns.birth);
  text.birth_year = value_at(cells, columns.birth_year);
  text.birth_month = value_at(cells, columns.birth_month);
  text.birth_day = value_at(cells, columns.birth_day);
  if (!columns.month_first) return;
  if (const std::optional<DateParts> parts = split_date(text.birth)) {
    text.birth = {};
    text.birth_year = parts->year;
    text.birth_month = parts->first;
    text.birth_day = parts->second;
  }
}

record::PersonText person_text(const LinkColumns& columns, std::span<const std::string_view> cells,
                               const RowName& name) {
  record::PersonText text;
  if (!name.parts_are_texts) {
    text.name = name.full;
    text.family_name = name.parts.family;
    text.given_name = name.parts.given;
  } else if (!columns.full_name_order) {
    text.name = name.full;
  }
  text.former_name = cell_at(cells, columns.former_name);
  text.id_number = value_at(cells, columns.national_id);
  set_birth(columns, cells, text);
  text.sex = value_at(cells, columns.sex);
  text.phone = value_at(cells, columns.phone);
  text.household = cell_at(cells, columns.household);
  text.address = {.county = cell_at(cells, columns.county),
                  .township = cell_at(cells, columns.township),
                  .village = cell_at(cells, columns.village),
                  .group = cell_at(cells, columns.group),
                  .text = cell_at(cells, columns.address)};
  return text;
}

// Without country code, zeros and marks in front: "+61 412 345 678" is "0412 345 678".
std::string_view last_digits(std::string_view cell, std::array<char, 9>& buffer) {
  std::size_t begin = buffer.size();
  for (auto c = cell.rbegin(); c != cell.rend() && begin > 0; ++c) {
    if (*c >= '0' && *c <= '9') buffer[--begin] = *c;
  }
  return begin == 0 ? std::string_view(buffer.data(), buffer.size()) : cell;
}

void append_texts(const LinkColumns& columns, std::span<const std::string_view> cells,
                  const RowName& name, link::RecordTable& table) {
  for (std::size_t i = 0; i < columns.texts.size(); ++i) {
    std::string_view cell = value_at(cells, columns.texts[i]);
    const auto place = static_cast<int>(i);
    if (place == columns.family_text) cell = name.parts_are_texts ? name.parts.family : "";
    if (place == columns.given_text) cell = name.parts_are_texts ? name.parts.given : "";
    std::array<char, 9> digits{};
    if ((columns.phone_texts >> i & 1U) != 0) cell = last_digits(cell, digits);
    table.texts.push_back(record::build_text_feature(cell));
  }
}

// The row's key: the cells of the key's columns joined by "-"; empty where one of them is.
std::string key_of(std::span<const int> columns, std::span<const std::string_view> cells) {
  std::string key;
  for (const int column : columns) {
    const std::string_view cell = cell_at(cells, column);
    if (cell.empty()) return {};
    key.append(key.empty() ? "" : "-").append(cell);
  }
  return key;
}

// What the rows of a file become records by.
struct ChunkBuilder {
  record::FeatureBuilder features;
  const LinkColumns& columns;
  const std::vector<int>& key_columns;
  const SchemaColumns* schema;
  const TableReader& reader;

  // Fills `chunk`, which keeps the memory of the chunk that it held before.
  void build(std::uint64_t first_row, const RowBatch& batch, text::AddressMemo& places,
             LinkChunk& chunk) const;
  // Whether the row is kept; else it is among the rejects.
  bool accept(const connectors::Row& row, const RowBatch& batch,
              std::vector<connectors::Reject>& rejects) const;
};

bool ChunkBuilder::accept(const connectors::Row& row, const RowBatch& batch,
                          std::vector<connectors::Reject>& rejects) const {
  if (row.fate == connectors::RowFate::kRejected)
    rejects.push_back(connectors::describe_reject(reader.header(), batch, row));
  if (row.fate != connectors::RowFate::kLoaded || schema == nullptr)
    return row.fate == connectors::RowFate::kLoaded;
  const schema::Field* const missing = schema->missing_value(batch.cells(row));
  if (missing == nullptr) return true;
  rejects.push_back(
      {batch.table(), row.number, missing->title, connectors::RejectReason::kRequiredMissing, {}});
  return false;
}

void ChunkBuilder::build(std::uint64_t first_row, const RowBatch& batch, text::AddressMemo& places,
                         LinkChunk& chunk) const {
  chunk.records.clear();
  chunk.keys.clear();
  chunk.rejects.clear();
  record::RepairCounts repairs{};
  std::uint64_t number = first_row;
  for (const connectors::Row& row : batch.rows()) {
    number += row.fate == connectors::RowFate::kLoaded ? 1 : 0;
    if (!accept(row, batch, chunk.rejects)) continue;
    const auto cells = batch.cells(row);
    const RowName name = row_name(columns, cells);
    chunk.records.persons.push_back(
        features.build(person_text(columns, cells, name), repairs, &places));
    append_texts(columns, cells, name, chunk.records);
    if (key_columns.size() == 1) {
      const std::string_view key = cell_at(cells, key_columns.front());
      if (key.empty()) {
        chunk.keys.add(std::to_string(number));
      } else {
        chunk.keys.add(key);
      }
      continue;
    }
    const std::string key = key_of(key_columns, cells);
    chunk.keys.add(key.empty() ? std::to_string(number) : key);
  }
}

std::uint64_t loaded_rows(const RowBatch& batch) {
  return static_cast<std::uint64_t>(
      std::ranges::count(batch.rows(), connectors::RowFate::kLoaded, &connectors::Row::fate));
}

}  // namespace

LinkFile::LinkFile() = default;
LinkFile::~LinkFile() = default;
LinkFile::LinkFile(LinkFile&& other) noexcept = default;
LinkFile& LinkFile::operator=(LinkFile&& other) noexcept = default;

Result<LinkFile> LinkFile::open(const std::filesystem::path& path, const schema::Schema* schema) {
  const auto known_fields = [&](std::span<const std::string_view> cells) {
    return static_cast<int>(schema::recognised_count(*schema, cells));
  };
  Result<connectors::FileTables> tables =
      schema == nullptr
          ? connectors::open_tables(path, known_headers, {.header = {.accept_unknown = true}})
          : connectors::open_tables(path, known_fields);
  BIDUI_TRY(tables);
  LinkFile file;
  file.reader_ = connectors::TableSequence::join(*tables);
  file.left_out_ = std::move(tables->left_out);
  if (schema != nullptr) {
    Result<SchemaColumns> columns = SchemaColumns::map(*schema, *file.reader_);
    BIDUI_TRY(columns);
    file.schema_ = std::make_unique<SchemaColumns>(std::move(*columns));
  }
  Result<std::vector<std::vector<std::string>>> sample = file.first_rows(kSampleRows);
  BIDUI_TRY(sample);
  file.sample_ = std::move(*sample);
  if (file.sample_.empty()) {
    return bilingual_error(ErrorCode::kBadInput, "文件只有表头，没有数据行",
                           "the file has a header but no rows of data", path.filename().string());
  }
  if (schema != nullptr) {
    file.recognition_ = file.schema_->recognition(file.header());
    file.key_columns_ = file.schema_->key();
    return file;
  }
  file.recognition_ = schema::recognise_columns(file.header(), file.sample_);
  if (file.recognition_.row_key) file.key_columns_ = {static_cast<int>(*file.recognition_.row_key)};
  return file;
}

bool LinkFile::set_key(std::string_view name) {
  const auto at = std::ranges::find(header(), name);
  if (at == header().end()) return false;
  const auto column = static_cast<std::size_t>(at - header().begin());
  if (recognition_.row_key && *recognition_.row_key != column) {
    const std::size_t before = *recognition_.row_key;
    recognition_.columns[before] = schema::make_guess(
        schema::SemanticKind::kIgnore, header()[before], schema::GuessReason::kNamesRow, true);
  }
  recognition_.row_key = column;
  recognition_.columns[column] =
      schema::make_guess(schema::SemanticKind::kRowKey, name, schema::GuessReason::kNamesRow, true);
  key_columns_ = {static_cast<int>(column)};
  return true;
}

std::string LinkFile::key_header() const {
  std::string text;
  for (const int column : key_columns_)
    text += (text.empty() ? "" : "-") + header()[static_cast<std::size_t>(column)];
  return text;
}

Result<std::vector<std::vector<std::string>>> LinkFile::first_rows(std::size_t count) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t batch = 0; rows.size() < count; ++batch) {
    if (batch == first_batches_.size()) {
      RowBatch next;
      const Result<bool> more = reader_->read(next);
      BIDUI_TRY(more);
      if (!*more) break;
      first_batches_.push_back(std::move(next));
    }
    for (const connectors::Row& row : first_batches_[batch].rows()) {
      if (row.fate != connectors::RowFate::kLoaded || rows.size() >= count) continue;
      const auto cells = first_batches_[batch].cells(row);
      rows.emplace_back();
      for (const std::string_view cell : cells)
        rows.back().emplace_back(schema::without_decimal_zero(cell));
    }
  }
  return rows;
}

TablesRead LinkFile::tables() const {
  TablesRead read{.left_out = left_out_};
  for (const TableReader* const table : reader_->parts())
    read.tables.push_back({.name = table->name(), .notes = table->notes()});
  return read;
}

std::uint32_t LinkFile::likely_county(const LinkColumns& columns) const {
  if (columns.national_id < 0) return 0;
  std::map<std::uint32_t, std::size_t> counties;
  for (const auto& row : sample_) {
    const auto column = static_cast<std::size_t>(columns.national_id);
    if (column >= row.size()) continue;
    const text::IdNumber id = text::parse_id_number(row[column]);
    if (id.state == text::IdState::kValid) ++counties[text::current_region(id.region)];
  }
  const auto most =
      std::ranges::max_element(counties, {}, [](const auto& entry) { return entry.second; });
  return most == counties.end() ? 0 : most->first;
}

Status LinkFile::read_all(const LinkColumns& columns, std::uint32_t county,
                          const Progress& progress, std::string_view phase, const ChunkSink& sink) {
  // Batch n takes the place, and the memory, of batch n - kBatchesInFlight, which was given to the
  // sink before n was read.
  struct Work {
    RowBatch batch;
    std::uint64_t first_row = 0;
    LinkChunk chunk;
  };
  std::array<Work, kBatchesInFlight> works;
  for (Work& work : works) work.chunk.records = link::RecordTable(columns.texts.size());
  std::size_t next_work = 0;
  const ChunkBuilder builder{.features = record::FeatureBuilder(county),
                             .columns = columns,
                             .key_columns = key_columns_,
                             .schema = schema_.get(),
                             .reader = *reader_};
  tbb::enumerable_thread_specific<text::AddressMemo> memos([&] { return builder.features.memo(); });
  reader_->set_block_bytes(kBatchBytes);
  std::optional<Error> failure;
  std::size_t next_first = 0;
  std::uint64_t row = 0;
  const auto read = [&](tbb::flow_control& control) -> Work* {
    Work* const work = &works[next_work++ % kBatchesInFlight];
    if (next_first < first_batches_.size()) {
      work->batch = std::move(first_batches_[next_first++]);
    } else {
      const Result<bool> more = reader_->read(work->batch);
      if (!more) failure = more.error();
      if (!more || !*more) {
        control.stop();
        return nullptr;
      }
    }
    work->first_row = row;
    row += loaded_rows(work->batch);
    report(progress, {phase, "bytes", reader_->bytes_read(), reader_->bytes_total()});
    return work;
  };
  const auto build = [&](Work* work) {
    builder.build(work->first_row, work->batch, memos.local(), work->chunk);
    if (sink.search) sink.search(work->chunk);
    return work;
  };
  const auto take = [&](Work* work) {
    std::ranges::move(work->chunk.rejects, std::back_inserter(rejects_));
    sink.take(work->chunk);
  };
  tbb::parallel_pipeline(
      kBatchesInFlight, tbb::make_filter<void, Work*>(tbb::filter_mode::serial_in_order, read) &
                            tbb::make_filter<Work*, Work*>(tbb::filter_mode::parallel, build) &
                            tbb::make_filter<Work*, void>(tbb::filter_mode::serial_in_order, take));
  first_batches_.clear();
  if (failure) return *failure;
  return {};
}

}  // namespace bidui::workspace
