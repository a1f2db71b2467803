// What the tests of the delimited connector share.
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/delimited_reader.h"

namespace bidui::connectors {

// Knows the columns that the tests use.
inline int known_columns(std::span<const std::string_view> cells) {
  constexpr std::array<std::string_view, 12> kKnown{"姓名", "身份证号", "户编号", "住址",
                                                    "户主", "户主姓名", "name",   "id",
                                                    "note", "a",        "b",      "c"};
  return static_cast<int>(std::ranges::count_if(cells, [&](std::string_view cell) {
    return std::ranges::find(kKnown, cell) != kKnown.end();
  }));
}

struct ReadRow {
  Row row;
  std::vector<std::string> cells;
};

struct ReadFile {
  std::vector<ReadRow> rows;
  RowCounts counts;
  TableNotes notes;
  TableFormat format;
  std::vector<std::string> header;
  std::vector<std::string> loaded(std::size_t column) const {
    std::vector<std::string> values;
    for (const ReadRow& r : rows) {
      if (r.row.fate == RowFate::kLoaded) values.push_back(r.cells[column]);
    }
    return values;
  }
};

inline Result<ReadFile> read_all(Result<DelimitedReader> opened,
                                 std::optional<FillDown> fill = {}) {
  if (!opened) return opened.error();
  DelimitedReader& reader = *opened;
  if (fill) BIDUI_TRY(reader.fill_down(*fill));
  ReadFile file{
      .rows = {}, .counts = {}, .notes = {}, .format = reader.format(), .header = reader.header()};
  RowBatch batch;
  for (;;) {
    const Result<bool> more = reader.read(batch);
    if (!more) return more.error();
    if (!*more) break;
    for (const Row& row : batch.rows()) {
      const auto cells = batch.cells(row);
      file.rows.push_back({row, {cells.begin(), cells.end()}});
      file.rows.back().row.raw = {};
    }
  }
  file.counts = reader.counts();
  file.notes = reader.notes();
  return file;
}

inline Result<ReadFile> read_bytes(std::string bytes, std::size_t block_bytes = 1024 * 1024,
                                   std::optional<FillDown> fill = {}) {
  ReaderOptions options;
  options.block_bytes = block_bytes;
  return read_all(DelimitedReader::open_bytes(std::move(bytes), "file.csv", known_columns, options),
                  std::move(fill));
}

// UTF-8 in another encoding, by ICU.
std::string encode(std::string_view utf8, const char* icu_name);

inline std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
  return text;
}

}  // namespace bidui::connectors
