#include "workspace/link_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tbb/parallel_pipeline.h>

#include "matcher/schema/cell_profile.h"
#include "matcher/schema/header_word.h"
#include "matcher/text/id_number.h"
#include "workspace/date_parts.h"

namespace bidui::workspace {
namespace {

using connectors::DelimitedReader;
using connectors::RowBatch;

constexpr std::size_t kSampleRows = 1000;
constexpr std::size_t kBatchesInFlight = 8;

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
  text.address = {.county = cell_at(cells, columns.county),
                  .township = cell_at(cells, columns.township),
                  .village = cell_at(cells, columns.village),
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

LinkChunk build_chunk(const record::FeatureBuilder& builder, const LinkColumns& columns,
                      int key_column, std::uint64_t first_row, const RowBatch& batch) {
  LinkChunk chunk{link::RecordTable(columns.texts.size()), {}};
  chunk.records.reserve(batch.rows().size());
  record::RepairCounts repairs{};
  text::AddressMemo places = builder.memo();
  for (const connectors::Row& row : batch.rows()) {
    if (row.fate != connectors::RowFate::kLoaded) continue;
    const auto cells = batch.cells(row);
    const RowName name = row_name(columns, cells);
    chunk.records.persons.push_back(
        builder.build(person_text(columns, cells, name), repairs, &places));
    append_texts(columns, cells, name, chunk.records);
    const std::string_view key = cell_at(cells, key_column);
    if (key.empty()) {
      chunk.keys.add(std::to_string(first_row + chunk.keys.size() + 1));
    } else {
      chunk.keys.add(key);
    }
  }
  return chunk;
}

void note_rejected(const RowBatch& batch, std::vector<std::uint32_t>& rejected) {
  constexpr std::size_t kNoted = 5;
  for (const connectors::Row& row : batch.rows()) {
    if (rejected.size() >= kNoted) return;
    if (row.fate == connectors::RowFate::kRejected) rejected.push_back(row.number);
  }
}

std::uint64_t loaded_rows(const RowBatch& batch) {
  return static_cast<std::uint64_t>(
      std::ranges::count(batch.rows(), connectors::RowFate::kLoaded, &connectors::Row::fate));
}

}  // namespace

Result<LinkFile> LinkFile::open(const std::filesystem::path& path) {
  Result<DelimitedReader> reader =
      DelimitedReader::open(path, known_headers, {.header = {.accept_unknown = true}});
  BIDUI_TRY(reader);
  LinkFile file;
  file.reader_ = std::make_unique<DelimitedReader>(std::move(*reader));
  Result<std::vector<std::vector<std::string>>> sample = file.first_rows(kSampleRows);
  BIDUI_TRY(sample);
  file.sample_ = std::move(*sample);
  if (file.sample_.empty()) {
    Error error = make_error(ErrorCode::kBadInput, "the file has a header but no rows of data",
                             path.filename().string());
    error.message_zh = "文件只有表头，没有数据行";
    return error;
  }
  file.recognition_ = schema::recognise_columns(file.header(), file.sample_);
  if (file.recognition_.row_key) file.key_column_ = static_cast<int>(*file.recognition_.row_key);
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
  key_column_ = static_cast<int>(column);
  return true;
}

std::string LinkFile::key_header() const {
  return key_column_ < 0 ? std::string{} : header()[static_cast<std::size_t>(key_column_)];
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
                          const Progress& progress, std::string_view phase,
                          const std::function<void(LinkChunk&&)>& sink) {
  struct Work {
    RowBatch batch;
    std::uint64_t first_row;
  };
  const record::FeatureBuilder builder(county);
  std::optional<Error> failure;
  std::size_t next_first = 0;
  std::uint64_t row = 0;
  const auto read = [&](tbb::flow_control& control) -> std::shared_ptr<Work> {
    auto work = std::make_shared<Work>();
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
    if (reader_->counts().rejected != 0) note_rejected(work->batch, rejected_);
    report(progress, {phase, "bytes", reader_->bytes_read(), reader_->bytes_total()});
    return work;
  };
  const auto build = [&](const std::shared_ptr<Work>& work) {
    return std::make_shared<LinkChunk>(
        build_chunk(builder, columns, key_column_, work->first_row, work->batch));
  };
  const auto take = [&](const std::shared_ptr<LinkChunk>& chunk) { sink(std::move(*chunk)); };
  tbb::parallel_pipeline(
      kBatchesInFlight,
      tbb::make_filter<void, std::shared_ptr<Work>>(tbb::filter_mode::serial_in_order, read) &
          tbb::make_filter<std::shared_ptr<Work>, std::shared_ptr<LinkChunk>>(
              tbb::filter_mode::parallel, build) &
          tbb::make_filter<std::shared_ptr<LinkChunk>, void>(tbb::filter_mode::serial_in_order,
                                                             take));
  first_batches_.clear();
  if (failure) return *failure;
  return {};
}

}  // namespace bidui::workspace
