#include "connectors/delimited/cell_table.h"

#include <algorithm>
#include <utility>

#include "connectors/delimited/cell_text.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kFirstBytes = std::size_t{4} * 1024 * 1024;  // of the rows kept

// What the cells of a table may come to, for each byte of the file and beyond: a few bytes can name
// a long text, or a column far to the right, again and again.
constexpr std::uint64_t kTextPerByte = 8;
constexpr std::uint64_t kTextAnyway = std::uint64_t{64} << 20;

std::size_t bytes_of(const SourceRow& row) {
  std::size_t bytes = 0;
  for (const SourceCell& cell : row.cells) bytes += cell.text.size();
  return bytes;
}

}  // namespace

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

void CellTable::KeptRow::keep(const SourceRow& source) {
  row = source;
  text.reserve(bytes_of(source));
  for (SourceCell& cell : row.cells) {
    const std::size_t begin = text.size();
    text += cell.text;
    cell.text = std::string_view(text).substr(begin);
  }
}

Result<std::unique_ptr<CellTable>> CellTable::open(std::unique_ptr<RowSource> source,
                                                   std::string name, const TableFormat& format,
                                                   const HeaderTest& test,
                                                   const HeaderSearch& search,
                                                   std::size_t block_bytes) {
  std::unique_ptr<CellTable> table(
      new CellTable(std::move(source), std::move(name), format, block_bytes));
  // More rows than a header may stand in: the last of them needs rows below it.
  const Result<bool> kept = table->keep_first_rows(std::size_t{2} * search.rows);
  if (!kept) return kept.error().with_context(table->name_);
  if (!*kept) return table->refusal("表是空的", "the table is empty");
  HeaderSearch known = search;
  known.accept_unknown = false;
  if (!table->find_table(test, known) &&
      !(search.accept_unknown && table->find_table(test, search))) {
    const std::vector<std::vector<std::string>> rows = table->first_cells();
    return table->no_header(search, describe_likeliest_row(std::span(rows), test));
  }
  table->note_hidden_columns();
  return table;
}

// Whether there is any row.
Result<bool> CellTable::keep_first_rows(std::size_t limit) {
  std::size_t bytes = 0;
  while (first_rows_.size() < limit && bytes < kFirstBytes) {
    const Result<bool> more = source_->next(current_);
    BIDUI_TRY(more);
    if (!*more) break;
    first_rows_.emplace_back().keep(current_);
    bytes += first_rows_.back().text.size();
  }
  return !first_rows_.empty();
}

// The first rows, all as wide as the widest.
std::vector<std::vector<std::string>> CellTable::first_cells() const {
  std::size_t width = 0;
  for (const KeptRow& kept : first_rows_) {
    for (const SourceCell& cell : kept.row.cells)
      if (!cell.merged) width = std::max<std::size_t>(width, cell.column + 1);
  }
  std::vector<std::vector<std::string>> rows;
  for (const KeptRow& kept : first_rows_) {
    rows.emplace_back(width);
    for (const SourceCell& cell : kept.row.cells)
      if (!cell.merged) rows.back()[cell.column] = trim_cell(cell.text);
  }
  return rows;
}

bool CellTable::find_table(const HeaderTest& test, const HeaderSearch& search) {
  std::optional<FoundHeader> header = find_header_row(first_cells(), test, search);
  if (!header) return false;
  header_ = std::move(*header);
  // Rows without text are not among the first: what was counted is now named.
  const std::size_t first = header_.first_row - 1;
  format_.header_row = first_rows_[first].row.number;
  format_.header_rows =
      first_rows_[first + header_.rows.size() - 1].row.number - format_.header_row + 1;
  return true;
}

void CellTable::note_hidden_columns() {
  for (const std::uint32_t column : source_->hidden_columns()) {
    if (column >= header_.columns.size()) break;
    const std::string& title = header_.columns[column];
    notes_.hidden_columns.push_back(title.empty() ? column_letters(column) : title);
  }
}

Result<const SourceRow*> CellTable::next_row() {
  if (next_first_ < first_rows_.size()) return &first_rows_[next_first_].row;
  if (!has_current_) {
    const Result<bool> more = source_->next(current_);
    if (!more) return more.error().with_context(name_);
    has_current_ = *more;
  }
  return has_current_ ? &current_ : nullptr;
}

Status CellTable::check_amount(std::size_t bytes) {
  handed_out_ += bytes;
  if (handed_out_ <= kTextAnyway + kTextPerByte * source_->bytes_read()) return {};
  return refusal(
      "表中重复引用的内容过多，像是恶意构造的文件，没有读入；请打开后另存为新的 xlsx 再导入",
      "the cells repeat far more text than the file has, as in a file made to do harm; "
      "nothing was read; open it and save it as a new xlsx");
}

Result<bool> CellTable::read(RowBatch& out) {
  out.clear();
  out.set_table(name_);
  if (filler_) {
    out.arena().reserve_more(filler_->carried_bytes());
    filler_->enter(out);
  }
  const std::size_t width = header_.columns.size();
  const std::size_t most_rows = std::max<std::size_t>(1, block_bytes_ / (16 * (width + 1)));
  out.text().reserve_more(block_bytes_);
  for (;;) {
    const Result<const SourceRow*> row = next_row();
    BIDUI_TRY(row);
    if (*row == nullptr) break;
    const std::size_t bytes = bytes_of(**row);
    const bool first = out.rows().empty();
    // Cells point into the text, which must not grow any more.
    if (!first && (out.text().size() + bytes > block_bytes_ || out.rows().size() >= most_rows))
      break;
    if (first) out.text().reserve_more(std::max(bytes, block_bytes_));
    BIDUI_TRY(check_amount(bytes + width));
    build_row(**row, out);
    if (next_first_ < first_rows_.size()) {
      if (++next_first_ == first_rows_.size()) first_rows_.clear(), next_first_ = 0;
    } else {
      has_current_ = false;
    }
  }
  if (filler_) filler_->leave();
  return !out.rows().empty();
}

void CellTable::build_row(const SourceRow& source, RowBatch& out) {
  for (std::uint32_t blank = last_number_ + 1; blank < source.number; ++blank)
    if (!is_header_row(blank)) counts_.add(RowFate::kSkipped, SkipReason::kBlank, {});
  last_number_ = source.number;
  if (is_header_row(source.number)) return;
  Row row{.number = source.number, .first_cell = out.next_cell()};
  const std::size_t width = header_.columns.size();
  row.cell_count = static_cast<std::uint32_t>(width);
  const std::span<std::string_view> views = out.add_cells(row.cell_count);
  std::ranges::fill(views, std::string_view{});
  RejectReason reason = source.too_long ? RejectReason::kFieldTooLong : RejectReason::kNone;
  std::uint32_t outside = 0;
  for (const SourceCell& cell : source.cells) {
    if (cell.merged) continue;
    if (cell.column >= width) {
      ++outside;
      continue;
    }
    const std::string_view text = out.keep_text(trim_cell(cell.text));
    views[cell.column] = unwrap_formula_text(text);
    if (reason != RejectReason::kNone) continue;
    if (cell.text.size() > kMaxFieldBytes) reason = RejectReason::kFieldTooLong;
    if (text.find(kBadByte) != text.npos) reason = RejectReason::kUndecodableBytes;
    if (text.find('\0') != text.npos) reason = RejectReason::kNulByte;
    if (reason != RejectReason::kNone) row.reject_cell = cell.column;
  }
  judge_row(row, reason, out);
  if (row.fate == RowFate::kLoaded) fill_merged(source, row, out);
  if (row.fate == RowFate::kSkipped) return;
  notes_.cells_outside.add(source.number, outside);
  notes_.hidden_rows.add(source.number, source.hidden ? 1 : 0);
  notes_.formula_errors.add(source.number, source.formula_errors);
  notes_.formulas_unknown.add(source.number, source.formulas_unknown);
}

// Household columns only: a person's value never stands for another person.
void CellTable::fill_merged(const SourceRow& source, Row& row, RowBatch& out) {
  if (!filler_) return;
  const std::span<std::string_view> cells = out.cells_from(row.first_cell);
  for (const SourceCell& cell : source.cells) {
    if (!cell.merged || cell.column >= cells.size() || !filled_columns_[cell.column]) continue;
    if (!cells[cell.column].empty()) continue;
    cells[cell.column] = out.keep_text(trim_cell(cell.text));
    ++counts_.filled_cells;
  }
}

}  // namespace bidui::connectors
