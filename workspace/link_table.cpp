#include "workspace/link_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tbb/parallel_pipeline.h>

#include "matcher/schema/header_word.h"
#include "matcher/text/id_number.h"

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

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

record::PersonText person_text(const LinkColumns& columns,
                               std::span<const std::string_view> cells) {
  record::PersonText text;
  text.name = cell_at(cells, columns.full_name);
  const std::string_view family = cell_at(cells, columns.family_name);
  const std::string_view given = cell_at(cells, columns.given_name);
  if (columns.family_text < 0 || !is_ascii(family) || !is_ascii(given)) {
    text.family_name = family;
    text.given_name = given;
  }
  text.former_name = cell_at(cells, columns.former_name);
  text.id_number = cell_at(cells, columns.national_id);
  text.birth = cell_at(cells, columns.birth);
  text.birth_year = cell_at(cells, columns.birth_year);
  text.birth_month = cell_at(cells, columns.birth_month);
  text.birth_day = cell_at(cells, columns.birth_day);
  text.sex = cell_at(cells, columns.sex);
  text.phone = cell_at(cells, columns.phone);
  text.address = {.county = cell_at(cells, columns.county),
                  .township = cell_at(cells, columns.township),
                  .village = cell_at(cells, columns.village),
                  .text = cell_at(cells, columns.address)};
  return text;
}

void append_texts(const LinkColumns& columns, std::span<const std::string_view> cells,
                  const record::PersonText& person, link::RecordTable& table) {
  for (std::size_t i = 0; i < columns.texts.size(); ++i) {
    const bool name_part =
        static_cast<int>(i) == columns.family_text || static_cast<int>(i) == columns.given_text;
    const bool whole_name = !person.family_name.empty() || !person.given_name.empty();
    const std::string_view cell =
        name_part && whole_name ? std::string_view{} : cell_at(cells, columns.texts[i]);
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
    const record::PersonText person = person_text(columns, cells);
    chunk.records.persons.push_back(builder.build(person, repairs, &places));
    append_texts(columns, cells, person, chunk.records);
    const std::string_view key = cell_at(cells, key_column);
    if (key.empty()) {
      chunk.keys.add(std::to_string(first_row + chunk.keys.size() + 1));
    } else {
      chunk.keys.add(key);
    }
  }
  return chunk;
}

std::uint64_t loaded_rows(const RowBatch& batch) {
  return static_cast<std::uint64_t>(
      std::ranges::count(batch.rows(), connectors::RowFate::kLoaded, &connectors::Row::fate));
}

}  // namespace

Result<LinkFile> LinkFile::open(const std::filesystem::path& path, const std::string& key_column) {
  Result<DelimitedReader> reader = DelimitedReader::open(path, known_headers);
  BIDUI_TRY(reader);
  LinkFile file;
  file.reader_ = std::make_unique<DelimitedReader>(std::move(*reader));
  while (file.sample_.size() < kSampleRows) {
    RowBatch batch;
    const Result<bool> more = file.reader_->read(batch);
    BIDUI_TRY(more);
    if (!*more) break;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate != connectors::RowFate::kLoaded || file.sample_.size() >= kSampleRows) continue;
      const auto cells = batch.cells(row);
      file.sample_.emplace_back(cells.begin(), cells.end());
    }
    file.first_batches_.push_back(std::move(batch));
  }
  file.recognition_ = schema::recognise_columns(file.header(), file.sample_);
  if (!key_column.empty()) {
    const auto at = std::ranges::find(file.header(), key_column);
    if (at == file.header().end()) {
      return make_error(ErrorCode::kInvalidArgument,
                        "the file has no column \"" + key_column + "\" (--key)",
                        path.filename().string());
    }
    file.recognition_.row_key = static_cast<std::size_t>(at - file.header().begin());
    file.recognition_.columns[*file.recognition_.row_key].kind = schema::SemanticKind::kRowKey;
  }
  if (file.recognition_.row_key) file.key_column_ = static_cast<int>(*file.recognition_.row_key);
  return file;
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
