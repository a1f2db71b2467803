#include "workspace/returned_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "connectors/delimited/delimited_reader.h"
#include "connectors/delimited/formula_text.h"
#include "connectors/report/words.h"
#include "connectors/xlsx/xlsx_reader.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/content_hash.h"
#include "workspace/filled_table.h"

namespace bidui::workspace {
namespace {

using connectors::report::Word;

// The columns that are read, and where each cell goes.
struct WantedColumn {
  Word word;
  std::string ReturnedRow::*member;
};
constexpr std::array<WantedColumn, 7> kColumns = {{{Word::kFlagId, &ReturnedRow::flag_id},
                                                   {Word::kMark, &ReturnedRow::mark},
                                                   {Word::kOutcome, &ReturnedRow::outcome},
                                                   {Word::kReason, &ReturnedRow::reason},
                                                   {Word::kVisitor, &ReturnedRow::visitor},
                                                   {Word::kVisitDate, &ReturnedRow::visited},
                                                   {Word::kRemark, &ReturnedRow::note}}};

bool is_column(std::string_view cell, Word which) {
  const std::string_view name = trimmed_cell(cell);
  return name == word(which, connectors::report::Locale::kChinese) ||
         name == word(which, connectors::report::Locale::kEnglish);
}

// Where the columns stand.
class Header {
 public:
  // nullopt where the row is no header of a task list.
  template <typename Cells>
  static std::optional<Header> find(const Cells& cells) {
    Header header;
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto at = std::ranges::find_if(
          cells, [&](const auto& cell) { return is_column(cell, kColumns[i].word); });
      if (at != cells.end()) header.places_[i] = static_cast<std::size_t>(at - cells.begin());
    }
    const bool is_list = header.places_[0] && header.places_[1] && header.places_[2];
    return is_list ? std::optional(header) : std::nullopt;
  }

  template <typename Cells>
  ReturnedRow read(const Cells& cells) const {
    ReturnedRow row;
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      if (places_[i] && *places_[i] < cells.size())
        row.*kColumns[i].member = trimmed_cell(cells[*places_[i]]);
    }
    return row;
  }

 private:
  std::array<std::optional<std::size_t>, kColumns.size()> places_{};
};

Error no_list(const std::string& name) {
  return bilingual_error(
      ErrorCode::kBadInput,
      "文件里没有任务清单：须有“疑点编号”“校验码”“核查结果”三列，请用 bidui flag export 导出的表",
      "the file has no task list: the columns Flag, Mark and Outcome are needed; use the list of "
      "bidui flag export",
      name);
}

void keep(ReturnedRow row, ReturnedList& list) {
  if (row.damaged || !row.flag_id.empty() || !row.is_blank()) list.rows.push_back(std::move(row));
}

Result<ReturnedList> read_workbook(const std::filesystem::path& file) {
  Result<connectors::XlsxReader> book = connectors::XlsxReader::open(file);
  BIDUI_TRY(book);
  ReturnedList list;
  bool found = false;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    std::optional<Header> header;
    BIDUI_TRY(book->read_sheet(i, [&](std::uint32_t number, std::span<const std::string> cells) {
      if (!header) {
        header = Header::find(cells);
        return header.has_value() || number < kTitleRows;
      }
      ReturnedRow row = header->read(cells);
      row.sheet = book->sheets()[i].name;
      row.row = number;
      keep(std::move(row), list);
      return true;
    }));
    found = found || header.has_value();
  }
  if (!found) return no_list(file.filename().string());
  return list;
}

Result<ReturnedList> read_csv(const std::filesystem::path& file) {
  const auto is_header = [](std::span<const std::string_view> cells) {
    return static_cast<int>(std::ranges::count_if(kColumns, [&](const WantedColumn& column) {
      return std::ranges::any_of(cells, [&](auto cell) { return is_column(cell, column.word); });
    }));
  };
  Result<connectors::DelimitedReader> table =
      connectors::DelimitedReader::open(file, is_header, {.header = {.accept_unknown = true}});
  BIDUI_TRY(table);
  const std::optional<Header> header = Header::find(table->header());
  if (!header) return no_list(table->name());
  ReturnedList list;
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = table->read(batch);
    BIDUI_TRY(more);
    if (!*more) return list;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate == connectors::RowFate::kSkipped) continue;
      const bool damaged = row.fate == connectors::RowFate::kRejected;
      std::vector<std::string_view> cells;
      for (const std::string_view cell : batch.cells(row))
        cells.push_back(connectors::restored(cell));
      ReturnedRow returned = damaged ? ReturnedRow{} : header->read(cells);
      returned.row = row.number;
      returned.damaged = damaged;
      keep(std::move(returned), list);
    }
  }
}

}  // namespace

Result<ReturnedList> read_returned_list(const std::filesystem::path& file) {
  Result<ReturnedList> list =
      connectors::is_workbook_name(file) ? read_workbook(file) : read_csv(file);
  BIDUI_TRY(list);
  ContentHash hash;
  BIDUI_TRY(hash.add_file(file));
  list->content_hash = hash.finish();
  return list;
}

}  // namespace bidui::workspace
