#include "connectors/database/database_table.h"

#include <algorithm>

#include "connectors/delimited/cell_text.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

// A longer cell is rejected, for which this much of it is enough.
std::string_view cut(std::string_view cell) { return cell.substr(0, kMaxFieldBytes + 1); }

std::size_t bytes_of(std::span<const std::string_view> cells) {
  std::size_t bytes = 1;
  for (const std::string_view cell : cells) bytes += cut(cell).size() + 1;
  return bytes;
}

}  // namespace

DatabaseTable::DatabaseTable(std::unique_ptr<DatabaseRows> rows, std::string name,
                             const HeaderTest& test, std::size_t block_bytes)
    : TableReader(std::move(name), block_bytes), rows_(std::move(rows)) {
  format_.kind = TableKind::kDatabase;
  format_.header_row = 0;
  format_.header_rows = 0;
  for (const std::string& column : rows_->columns())
    header_.columns.emplace_back(trim_cell(column));
  header_.rows = {header_.columns};
  const std::vector<std::string_view> columns(header_.columns.begin(), header_.columns.end());
  header_.recognised = test(columns);
}

Result<bool> DatabaseTable::read(RowBatch& out) {
  out.clear();
  out.set_table(name_);
  if (filler_) {
    out.arena().reserve_more(filler_->carried_bytes());
    filler_->enter(out);
  }
  out.text().reserve_more(block_bytes_);
  while (!at_end_) {
    if (!has_cells_) {
      const Result<bool> more = rows_->next(cells_);
      BIDUI_TRY(more);
      at_end_ = !*more;
      if (at_end_) break;
      has_cells_ = true;
    }
    const std::size_t bytes = bytes_of(cells_);
    // Cells point into the text, which must not grow any more.
    if (out.rows().empty()) {
      out.text().reserve_more(std::max(bytes, block_bytes_));
    } else if (out.text().size() + bytes > block_bytes_) {
      break;
    }
    build_row(out);
    has_cells_ = false;
    bytes_read_ += bytes;
  }
  if (filler_) filler_->leave();
  return !out.rows().empty();
}

void DatabaseTable::build_row(RowBatch& out) {
  Row row{.number = ++last_number_,
          .first_cell = out.next_cell(),
          .cell_count = static_cast<std::uint32_t>(cells_.size())};
  TextBuffer& text = out.text();
  const std::size_t begin = text.size();
  for (const std::string_view cell : cells_) {
    text.append(cut(cell));
    text.append("\t");
  }
  text.append("\n");
  // A database that does not know its own encoding hands out whatever it was given.
  std::string_view raw = text.view().substr(begin);
  const bool valid = valid_utf8_prefix(raw) == raw.size();
  const bool damaged = !valid || raw.find('\0') != raw.npos;
  if (!valid) (void)mark_invalid_utf8(text.data() + begin, raw.size(), true);

  const std::span<std::string_view> views = out.add_cells(row.cell_count);
  RejectReason reason = RejectReason::kNone;
  for (std::uint32_t column = 0; column < row.cell_count; ++column) {
    const std::string_view cell = raw.substr(0, cut(cells_[column]).size());
    raw.remove_prefix(cell.size() + 1);
    views[column] = unwrap_formula_text(trim_cell(cell));
    if (reason != RejectReason::kNone) continue;
    if (damaged && cell.find(kBadByte) != cell.npos) reason = RejectReason::kUndecodableBytes;
    if (damaged && cell.find('\0') != cell.npos) reason = RejectReason::kNulByte;
    if (cell.size() > kMaxFieldBytes) reason = RejectReason::kFieldTooLong;
    if (reason != RejectReason::kNone) row.reject_cell = column;
  }
  judge_row(row, reason, out);
}

}  // namespace bidui::connectors
