#include "workspace/filled_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "connectors/delimited/delimited_reader.h"
#include "connectors/delimited/formula_text.h"
#include "connectors/xlsx/xlsx_reader.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

Error missing_column(const WantedColumn& column, const std::string& file) {
  return bilingual_error(
      ErrorCode::kBadInput, "缺少“" + std::string(column.headers.front()) + "”一列",
      "the column \"" + std::string(column.headers.front()) + "\" is missing", file);
}

bool is_any_of(std::string_view cell, const WantedColumn& column) {
  return std::ranges::find(column.headers, cell) != column.headers.end();
}

Result<FilledTable> read_csv(const std::filesystem::path& file,
                             std::span<const WantedColumn> columns) {
  const auto known = [&](std::span<const std::string_view> cells) {
    int found = 0;
    for (const WantedColumn& column : columns) {
      found += std::ranges::any_of(cells, [&](auto cell) { return is_any_of(cell, column); });
    }
    return found;
  };
  Result<connectors::DelimitedReader> reader =
      connectors::DelimitedReader::open(file, known, {.header = {.accept_unknown = true}});
  BIDUI_TRY(reader);
  FilledTable table;
  std::vector<std::size_t> places;
  for (const WantedColumn& column : columns) {
    const auto at = std::ranges::find_if(
        reader->header(), [&](const std::string& cell) { return is_any_of(cell, column); });
    table.present.push_back(at != reader->header().end());
    places.push_back(static_cast<std::size_t>(at - reader->header().begin()));
    if (table.present.back() || !column.required) continue;
    return missing_column(column, reader->name());
  }
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = reader->read(batch);
    BIDUI_TRY(more);
    if (!*more) return table;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate == connectors::RowFate::kRejected)
        return bad_row(file, {.number = row.number}, "这一行的格数与表头不同",
                       "the row has another number of cells than the header");
      if (row.fate != connectors::RowFate::kLoaded) continue;
      const auto cells = batch.cells(row);
      FilledRow filled{.number = row.number};
      for (std::size_t c = 0; c < places.size(); ++c)
        filled.cells.emplace_back(table.present[c] ? connectors::restored(cells[places[c]])
                                                   : std::string_view{});
      table.rows.push_back(std::move(filled));
    }
  }
}

// Where the wanted columns stand; nullopt where a required one does not.
using Places = std::vector<std::optional<std::size_t>>;

std::optional<Places> find_header(std::span<const std::string> cells,
                                  std::span<const WantedColumn> columns) {
  Places places;
  for (const WantedColumn& column : columns) {
    const auto at = std::ranges::find_if(
        cells, [&](const std::string& cell) { return is_any_of(trimmed_cell(cell), column); });
    if (at == cells.end() && column.required) return std::nullopt;
    places.push_back(at == cells.end()
                         ? std::nullopt
                         : std::optional(static_cast<std::size_t>(at - cells.begin())));
  }
  return places;
}

Result<FilledTable> read_workbook(const std::filesystem::path& file,
                                  std::span<const WantedColumn> columns) {
  Result<connectors::XlsxReader> book = connectors::XlsxReader::open(file);
  BIDUI_TRY(book);
  FilledTable table{.present = std::vector<bool>(columns.size())};
  bool found = false;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    std::optional<Places> places;
    BIDUI_TRY(book->read_sheet(i, [&](std::uint32_t number, std::span<const std::string> cells) {
      if (!places) {
        places = find_header(cells, columns);
        return places.has_value() || number < kTitleRows;
      }
      FilledRow row{.sheet = book->sheets()[i].name, .number = number};
      for (const std::optional<std::size_t>& place : *places)
        row.cells.emplace_back(place && *place < cells.size() ? trimmed_cell(cells[*place])
                                                              : std::string_view{});
      const bool blank =
          std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
      if (!blank) table.rows.push_back(std::move(row));
      return true;
    }));
    found = found || places.has_value();
    for (std::size_t c = 0; places && c < columns.size(); ++c)
      table.present[c] = table.present[c] || (*places)[c].has_value();
  }
  if (!found)
    return missing_column(*std::ranges::find(columns, true, &WantedColumn::required),
                          file.filename().string());
  return table;
}

}  // namespace

std::string_view trimmed_cell(std::string_view text) {
  constexpr std::array<std::string_view, 7> kBlank = {" ", "\t",       "\r",          "\n",
                                                      "'", "\xC2\xA0", "\xE3\x80\x80"};
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view blank : kBlank) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        cut = true;
      } else if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        cut = true;
      }
    }
  }
  return text;
}

Error bad_row(const std::filesystem::path& file, const FilledRow& row, std::string zh,
              std::string en) {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en),
                         fmt::format("{}:{}{}{}", file.filename().string(), row.sheet,
                                     row.sheet.empty() ? "" : ":", row.number));
}

Result<FilledTable> read_filled_table(const std::filesystem::path& file,
                                      std::span<const WantedColumn> columns) {
  return connectors::is_workbook_name(file) ? read_workbook(file, columns)
                                            : read_csv(file, columns);
}

Result<std::string> sample_of_sheet(const std::filesystem::path& file) {
  const WantedColumn column{.headers = {"样本", "sample"}, .required = true};
  const Result<FilledTable> table = read_filled_table(file, {&column, 1});
  BIDUI_TRY(table);
  return table->rows.empty() ? std::string() : table->rows.front().cells[0];
}

std::optional<std::uint64_t> count_in(std::string_view cell) {
  std::string digits(cell);
  std::erase(digits, ',');
  std::uint64_t count = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return count;
}

Error wrong_sample(const std::filesystem::path& file, const FilledRow& row,
                   const std::string& sample) {
  return bad_row(file, row, fmt::format("这一行属于样本 {}，不是 {}", row.cells[0], sample),
                 fmt::format("the row is of sample {}, not {}", row.cells[0], sample));
}

}  // namespace bidui::workspace
