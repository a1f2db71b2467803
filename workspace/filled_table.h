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
  std::string sheet{};               // "" of a CSV file
  std::uint32_t number = 0;          // in the file, or sheet, from 1
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

inline constexpr std::uint32_t kTitleRows = 20;  // of a sheet, among which its header is looked for

// Without white space at the ends, full width and no-break spaces and apostrophes included.
std::string_view trimmed_cell(std::string_view text);

// Reads a CSV file, or all sheets of a workbook that have the required columns. kBadInput where one
// is missing, a row of a CSV file has another number of cells than the header, or as XlsxReader.
Result<FilledTable> read_filled_table(const std::filesystem::path& file,
                                      std::span<const WantedColumn> columns);

// A count, thousands separators allowed; nullopt for anything else.
std::optional<std::uint64_t> count_in(std::string_view cell);

// kBadInput at a row of the file.
Error bad_row(const std::filesystem::path& file, const FilledRow& row, std::string zh,
              std::string en);

// The sample that the sheet of a sample is of, which stands in each of its rows (样本); "" where it
// has none. Errors as read_filled_table().
Result<std::string> sample_of_sheet(const std::filesystem::path& file);
// The row's first cell names another sample than `sample`.
Error wrong_sample(const std::filesystem::path& file, const FilledRow& row,
                   const std::string& sample);

}  // namespace bidui::workspace
