#include "connectors/delimited/table_reader.h"

#include <algorithm>

#include "connectors/delimited/row_kind.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {

Error TableReader::refusal(std::string zh, std::string en) const {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en), name_);
}

Error TableReader::no_header(const HeaderSearch& search, const std::string& likeliest_row) const {
  const std::string rows = std::to_string(search.rows);
  Error error = refusal("前 " + rows + " 行中没有认出表头；请在数据上方加一行列名",
                        "no header row was recognised in the first " + rows +
                            " rows; put a row with the columns' names above the data");
  if (likeliest_row.empty()) return error;
  error.message += "; the likeliest row reads: " + likeliest_row;
  error.message_zh += "；最像表头的一行是：" + likeliest_row;
  return error;
}

Status TableReader::fill_down(FillDown what) {
  const auto is_column = [&](std::uint32_t column) { return column < header_.columns.size(); };
  if (!is_column(what.key_column) || !std::ranges::all_of(what.columns, is_column)) {
    return bilingual_error(ErrorCode::kInvalidArgument, "要向下填充的列不存在",
                           "a column to fill down does not exist", name_);
  }
  filled_columns_.assign(header_.columns.size(), false);
  filled_columns_[what.key_column] = true;
  for (const std::uint32_t column : what.columns) filled_columns_[column] = true;
  filler_.emplace(std::move(what));
  return {};
}

void TableReader::judge_row(Row& row, RejectReason reason, RowBatch& out) {
  const std::span<std::string_view> cells = out.cells_from(row.first_cell);
  if (row.number < format_.header_row) {
    const bool blank = std::ranges::all_of(cells, [](std::string_view c) { return c.empty(); });
    row.skip = blank ? SkipReason::kBlank : SkipReason::kTitle;
  } else if (reason == RejectReason::kNone) {
    row.skip = skip_reason(cells, header_.rows);
    const bool fits = cells.size() == header_.columns.size();
    if (row.skip == SkipReason::kNone && !fits) reason = RejectReason::kWrongFieldCount;
  }
  if (row.skip != SkipReason::kNone) {
    row.fate = RowFate::kSkipped;
  } else if (reason != RejectReason::kNone) {
    row.fate = RowFate::kRejected;
    row.reject = reason;
    if (filler_) filler_->on_rejected();
  } else if (filler_) {
    const std::uint32_t filled = filler_->fill(cells);
    row.filled = filled > 0;
    counts_.filled_cells += filled;
  }
  counts_.add(row.fate, row.skip, row.reject);
  out.add_row(row);
}

}  // namespace bidui::connectors
