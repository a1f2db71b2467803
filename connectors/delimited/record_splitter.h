// Splitting text into records and cells by RFC 4180, read leniently as spreadsheets do.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "connectors/delimited/structural_scan.h"

namespace bidui::connectors {

// Offsets into the text; `quoted` cells still have their quotes, see unquote() in cell_text.h.
struct RawCell {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool quoted = false;
};

struct RawRecord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // without the line end
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;
};

// A quote opens a quoted cell only as the cell's first byte; inside, `""` is a quote, and
// delimiters and line ends are text. What follows the closing quote up to the delimiter belongs to
// the cell as it stands. Anywhere else a quote is a byte like others. CR, LF and CRLF, mixed, end a
// record; an empty line is a record with one empty cell; a line end at the very end opens no
// further record.
class RecordSplitter {
 public:
  explicit RecordSplitter(char delimiter,
                          StructuralScan::Kernel kernel = StructuralScan::best_kernel())
      : delimiter_(delimiter), scan_(delimiter, kernel) {}

  // Splits `text` from its beginning, which is the beginning of a record (or, after
  // drop_open_record(), lies inside one). If `last`, the end of the text ends the last record, else
  // an open record is left for the next call. O(size).
  void split(std::string_view text, bool last);

  const std::vector<RawRecord>& records() const { return records_; }
  const std::vector<RawCell>& cells() const { return cells_; }

  // Of the last split(): where the open record begins (the text's size if there is none), and
  // whether the text ends inside quotes.
  std::uint32_t open_record_begin() const { return open_record_begin_; }
  bool ends_in_quotes() const { return state_.place == Place::kQuoted; }

  // The caller drops all text of the last split() but its last `kept` bytes (0 or 1), without
  // giving up the record that is open: the next split() goes on inside it.
  void drop_open_record(std::uint32_t text_size, std::uint32_t kept);

 private:
  enum class Place : std::uint8_t {
    kPlain,
    kQuoted,      // between the quotes
    kAfterQuote,  // behind a quote that either closes the cell or is the first of two
  };
  struct State {
    Place place = Place::kPlain;
    bool cell_quoted = false;
    std::int64_t quote = -1;      // position of the quote of kAfterQuote
    std::int64_t cell_begin = 0;  // below 0 if the beginning was dropped
    std::int64_t record_begin = 0;
  };

  bool inside_quotes(std::int64_t position, char c);
  void end_cell(std::int64_t end);
  void end_record(std::int64_t end, std::int64_t next);

  char delimiter_;
  StructuralScan scan_;
  State state_;
  bool resume_ = false;
  std::vector<RawRecord> records_;
  std::vector<RawCell> cells_;
  std::uint32_t record_first_cell_ = 0;
  std::uint32_t open_record_begin_ = 0;
};

}  // namespace bidui::connectors
