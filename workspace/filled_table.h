// A small table that people filled in or wrote by hand: rows of cells under known headers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct FilledRow {
  std::uint32_t number = 0;          // in the file, from 1
  std::vector<std::string> cells{};  // as many as columns were asked for; "" where there is none
};

// A column by the headers under which it may stand.
struct WantedColumn {
  std::vector<std::string_view> headers{};
  bool required = false;
};

struct FilledTable {
  std::vector<bool> present{};  // of each wanted column
  std::vector<FilledRow> rows{};
};

// Reads a CSV file (the one place to teach workbooks to). kBadInput where a required column is
// missing or a row has another number of cells than the header.
Result<FilledTable> read_filled_table(const std::filesystem::path& file,
                                      std::span<const WantedColumn> columns);

// A count, thousands separators allowed; nullopt for anything else.
std::optional<std::uint64_t> count_in(std::string_view cell);

// kBadInput at a row of the file.
Error bad_row(const std::filesystem::path& file, std::uint32_t row, std::string zh, std::string en);

// The row's first cell names another sample than `sample`.
Error wrong_sample(const std::filesystem::path& file, const FilledRow& row,
                   const std::string& sample);

}  // namespace bidui::workspace
