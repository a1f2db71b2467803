#include "workspace/filled_table.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "connectors/delimited/delimited_reader.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

bool is_any_of(std::string_view cell, const WantedColumn& column) {
  return std::ranges::find(column.headers, cell) != column.headers.end();
}

}  // namespace

Error bad_row(const std::filesystem::path& file, std::uint32_t row, std::string zh,
              std::string en) {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en),
                         fmt::format("{}:{}", file.filename().string(), row));
}

Result<FilledTable> read_filled_table(const std::filesystem::path& file,
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
    return bilingual_error(
        ErrorCode::kBadInput, "缺少“" + std::string(column.headers.front()) + "”一列",
        "the column \"" + std::string(column.headers.front()) + "\" is missing", reader->name());
  }
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = reader->read(batch);
    BIDUI_TRY(more);
    if (!*more) return table;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate == connectors::RowFate::kRejected)
        return bad_row(file, row.number, "这一行的格数与表头不同",
                       "the row has another number of cells than the header");
      if (row.fate != connectors::RowFate::kLoaded) continue;
      const auto cells = batch.cells(row);
      FilledRow filled{.number = row.number};
      for (std::size_t c = 0; c < places.size(); ++c)
        filled.cells.emplace_back(table.present[c] ? cells[places[c]] : std::string_view{});
      table.rows.push_back(std::move(filled));
    }
  }
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
  return bad_row(
      file, row.number,
      fmt::format("这一行属于样本 {}，不是 {}；请用 --sample 指明", row.cells[0], sample),
      fmt::format("the row is of sample {}, not {}: name it with --sample", row.cells[0], sample));
}

}  // namespace bidui::workspace
