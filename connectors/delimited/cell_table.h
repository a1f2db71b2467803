// A table of a format that has cells of its own: a sheet of a workbook, a table of HTML.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/table_reader.h"

namespace bidui::connectors {

// Bytes of a row's cells together; a longer one is rejected.
inline constexpr std::size_t kMaxCellRowBytes = std::size_t{4} * 1024 * 1024;

struct SourceCell {
  std::uint32_t column = 0;  // from 0
  std::string_view text{};   // UTF-8, not trimmed, not empty; kBadByte for bytes that do not decode
  bool merged = false;       // the value of the cell above that is merged with this one
};

// A row that has text of its own.
struct SourceRow {
  std::uint32_t number = 0;  // from 1, ascending
  bool hidden = false;
  bool too_long = false;             // over kMaxCellRowBytes; the cells are those before
  std::vector<SourceCell> cells{};   // by column, each at most once; valid until the next row
  std::uint32_t formula_errors = 0;  // cells whose value is an error
  std::uint32_t formulas_unknown = 0;
};

// Rows in the file's order. Not for several threads at a time.
class RowSource {
 public:
  virtual ~RowSource() = default;
  // The next row with text; false when there is none. kBadInput, kIo. Cells longer than
  // kMaxFieldBytes may be cut behind that length.
  virtual Result<bool> next(SourceRow& row) = 0;
  // Columns from 0, known once the first row was read.
  virtual const std::vector<std::uint32_t>& hidden_columns() const = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const = 0;
};

// "A", "AB": as a spreadsheet heads the column (from 0).
std::string column_letters(std::uint32_t column);

class CellTable : public TableReader {
 public:
  // Finds the header among the first rows. `format`: what is known already. kBadInput where there
  // is none, and the errors of the source.
  static Result<std::unique_ptr<CellTable>> open(std::unique_ptr<RowSource> source,
                                                 std::string name, const TableFormat& format,
                                                 const HeaderTest& test, const HeaderSearch& search,
                                                 std::size_t block_bytes);

  // Blank rows are counted where a row follows, and not listed. A row cannot have a wrong number of
  // cells: what stands right of the table is noted.
  Result<bool> read(RowBatch& out) override;
  std::uint64_t bytes_read() const override { return source_->bytes_read(); }
  std::uint64_t bytes_total() const override { return source_->bytes_total(); }

 private:
  // A row kept: one of the first, which are looked at before they are read.
  struct KeptRow {
    SourceRow row;
    std::string text;
    void keep(const SourceRow& source);
  };

  CellTable(std::unique_ptr<RowSource> source, std::string name, const TableFormat& format,
            std::size_t block_bytes)
      : TableReader(std::move(name), block_bytes), source_(std::move(source)) {
    format_ = format;
  }
  Result<bool> keep_first_rows(std::size_t limit);
  bool find_table(const HeaderTest& test, const HeaderSearch& search);
  std::vector<std::vector<std::string>> first_cells() const;
  void note_hidden_columns();
  Result<const SourceRow*> next_row();
  Status check_amount(std::size_t bytes);
  void build_row(const SourceRow& source, RowBatch& out);
  void fill_merged(const SourceRow& source, Row& row, RowBatch& out);

  std::unique_ptr<RowSource> source_;
  std::deque<KeptRow> first_rows_;
  std::size_t next_first_ = 0;
  SourceRow current_;
  bool has_current_ = false;
  std::uint32_t last_number_ = 0;
  std::uint64_t handed_out_ = 0;
};

}  // namespace bidui::connectors
