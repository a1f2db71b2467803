#include "connectors/tables/table_sequence.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

using Header = std::vector<std::string>;

// Where each column of `wanted` stands in `header`; nullopt if the two are not the same columns.
std::optional<std::vector<std::uint32_t>> columns_of(const Header& wanted, const Header& header) {
  if (wanted.size() != header.size()) return std::nullopt;
  std::vector<std::uint32_t> columns;
  std::vector<bool> taken(header.size());
  for (const std::string& name : wanted) {
    std::size_t at = 0;
    while (at < header.size() && (taken[at] || header[at] != name)) ++at;
    if (at == header.size()) return std::nullopt;
    taken[at] = true;
    columns.push_back(static_cast<std::uint32_t>(at));
  }
  return columns;
}

}  // namespace

std::unique_ptr<TableReader> TableSequence::join(FileTables& tables) {
  const auto main = std::ranges::max_element(tables.tables, {},
                                             [](const auto& table) { return table->recognised(); });
  const Header header = (*main)->header();
  const std::string main_name = (*main)->name();
  std::vector<Part> parts;
  std::size_t main_part = 0;
  for (std::unique_ptr<TableReader>& table : tables.tables) {
    auto columns = columns_of(header, table->header());
    if (!columns) {
      tables.left_out.push_back(
          {.name = table->name(),
           .reason =
               bilingual_error(ErrorCode::kBadInput, "列与“" + main_name + "”的不同，没有读入",
                               "its columns are not those of " + main_name + "; it was not read")});
      continue;
    }
    if (table->name() == main_name) main_part = parts.size();
    if (table->header() == header) columns->clear();
    parts.push_back({.table = std::move(table), .columns = std::move(*columns)});
  }
  tables.tables.clear();
  if (parts.size() == 1) return std::move(parts.front().table);
  return std::unique_ptr<TableReader>(new TableSequence(std::move(parts), main_part));
}

// What the main table shows of itself, the whole shows.
TableSequence::TableSequence(std::vector<Part> parts, std::size_t main)
    : TableReader(parts[main].table->name(), 0), parts_(std::move(parts)) {
  const TableReader& table = *parts_[main].table;
  format_ = table.format();
  header_.columns = table.header();
  header_.recognised = table.recognised();
}

std::vector<const TableReader*> TableSequence::parts() const {
  std::vector<const TableReader*> all;
  for (const Part& part : parts_) all.push_back(part.table.get());
  return all;
}

Status TableSequence::fill_down(FillDown what) {
  for (Part& part : parts_) {
    FillDown here = what;
    const auto place = [&](std::uint32_t& column) {
      if (!part.columns.empty() && column < part.columns.size()) column = part.columns[column];
    };
    place(here.key_column);
    std::ranges::for_each(here.columns, place);
    BIDUI_TRY(part.table->fill_down(std::move(here)));
  }
  return {};
}

void TableSequence::set_block_bytes(std::size_t bytes) {
  for (Part& part : parts_) part.table->set_block_bytes(bytes);
}

Result<bool> TableSequence::read(RowBatch& out) {
  for (; next_ < parts_.size(); ++next_) {
    const Part& part = parts_[next_];
    const Result<bool> more = part.table->read(out);
    BIDUI_TRY(more);
    if (!*more) continue;
    if (!part.columns.empty()) out.put_columns(part.columns);
    return true;
  }
  out.clear();
  return false;
}

const RowCounts& TableSequence::counts() const {
  sum_ = {};
  for (const Part& part : parts_) sum_.add(part.table->counts());
  return sum_;
}

std::uint64_t TableSequence::bytes_read() const {
  std::uint64_t bytes = 0;
  for (const Part& part : parts_) bytes += part.table->bytes_read();
  return bytes;
}

std::uint64_t TableSequence::bytes_total() const {
  std::uint64_t bytes = 0;
  for (const Part& part : parts_) bytes += part.table->bytes_total();
  return bytes;
}

}  // namespace bidui::connectors
