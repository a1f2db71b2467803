// What every format gives: the rows of one table, each with its number and its fate, under a
// header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/encoding.h"
#include "connectors/delimited/fill_down.h"
#include "connectors/delimited/header_search.h"
#include "connectors/delimited/row_batch.h"
#include "connectors/delimited/row_fate.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

enum class TableKind : std::uint8_t { kText, kWorkbook, kHtml, kDatabase };

// What was found out about a table. Encoding and mark are those of text and HTML, the delimiter
// that of text.
struct TableFormat {
  TableKind kind = TableKind::kText;
  Encoding encoding = Encoding::kUtf8;
  bool bom = false;
  char delimiter = ',';
  std::uint32_t header_row = 1;   // from 1 in the file; 0 of a database
  std::uint32_t header_rows = 1;  // 1 or 2
};

// From this row on, until the next change, the text is in another encoding.
struct EncodingChange {
  std::uint32_t row = 0;
  Encoding encoding = Encoding::kUtf8;

  bool operator==(const EncodingChange&) const = default;
};

// Something that happened in several rows, and where first.
struct Occurrences {
  std::uint64_t count = 0;
  std::uint32_t first_row = 0;  // 0: never

  void add(std::uint32_t row, std::uint64_t times = 1) {
    if (count == 0 && times > 0) first_row = row;
    count += times;
  }
};

// What the rows do not show and a person should be told.
struct TableNotes {
  std::vector<EncodingChange> encoding_changes{};  // at most kNotedChanges of them
  std::uint64_t encoding_change_count = 0;
  std::vector<std::string> hidden_columns{};  // by header, else by letter; read like the others
  Occurrences hidden_rows{};                  // read like the others
  Occurrences formula_errors{};               // cells of #N/A, #REF! and the like: taken as blank
  Occurrences formulas_unknown{};             // cells whose formula no program has computed: blank
  Occurrences cells_outside{};                // right of the table: in no column, not loaded
};
inline constexpr std::size_t kNotedChanges = 20;

// One pass over one table. Rows are numbered from 1 as a spreadsheet does. All rows but those of
// the header are counted: read = loaded + rejected + skipped. A row is judged in this order: title
// rows above the header are skipped; damaged rows rejected; then blank rows, repeated headers,
// subtotals, signatures and remarks skipped; then a wrong number of cells rejected. Memory is
// bounded whatever the file's size. Not for several threads; the batches are.
class TableReader {
 public:
  virtual ~TableReader() = default;

  // The file's name without directories; of a workbook with its sheet, "book.xlsx[贫困户]"; of an
  // archive with its member, "list.zip/a.csv".
  const std::string& name() const { return name_; }
  // The columns' names, trimmed; a loaded row has as many cells. "" for a column without a name.
  const std::vector<std::string>& header() const { return header_.columns; }
  // How many of them the header test knew.
  int recognised() const { return header_.recognised; }
  const TableFormat& format() const { return format_; }

  // From now on fills blank cells down; before the first read(). Columns are indexes into header();
  // kInvalidArgument if one is not. Cells that a vertical merge covers are filled in these columns
  // too, whatever stands in the key.
  virtual Status fill_down(FillDown what);

  // Bytes of the file per batch, from the next one on.
  virtual void set_block_bytes(std::size_t bytes) { block_bytes_ = bytes; }

  // Replaces `out` by the next rows; false when there are no more. kIo; kBadInput if the file turns
  // out to be unusable: then nothing of it may be used, not even the rows that were read before.
  virtual Result<bool> read(RowBatch& out) = 0;

  virtual const RowCounts& counts() const { return counts_; }
  // Complete when all is read.
  const TableNotes& notes() const { return notes_; }
  // The tables that this one is made of, each with its own name and notes.
  virtual std::vector<const TableReader*> parts() const { return {this}; }
  // Of the table's text as it is read: unpacked where the file is an archive.
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const = 0;  // 0 where nobody knows

 protected:
  TableReader(std::string name, std::size_t block_bytes)
      : name_(std::move(name)), block_bytes_(block_bytes) {}
  TableReader(TableReader&&) = default;
  TableReader& operator=(TableReader&&) = default;

  bool is_header_row(std::uint32_t number) const {
    return number >= format_.header_row && number < format_.header_row + format_.header_rows;
  }
  // Gives the row, whose cells are the last of `out`, its fate, fills it down, counts it and adds
  // it.
  void judge_row(Row& row, RejectReason damage, RowBatch& out);
  Error refusal(std::string zh, std::string en) const;
  // No header was found; the likeliest row as describe_likeliest_row() has it.
  Error no_header(const HeaderSearch& search, const std::string& likeliest_row) const;

  std::string name_;
  std::size_t block_bytes_;
  TableFormat format_;
  FoundHeader header_;
  std::optional<BlockFiller> filler_;
  std::vector<bool> filled_columns_;  // of header(): those of filler_
  RowCounts counts_;
  TableNotes notes_;
};

}  // namespace bidui::connectors
