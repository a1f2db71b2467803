// The rows of the tables of an HTML page: what many systems export under the name of .xls.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/byte_source.h"
#include "connectors/delimited/cell_table.h"
#include "connectors/delimited/encoding_detection.h"

namespace bidui::connectors {

// Whether text (UTF-8) begins as a page with a table does.
bool looks_like_html(std::string_view head);

// Its encoding: what the bytes tell (detect_encodings); of a page whose beginning is all ASCII,
// what it says of itself.
DetectedEncoding page_encoding(std::string_view head, DetectedEncoding by_bytes);

// Each <tr> is a row, those of all tables of the page numbered one after another; tables inside a
// cell are text of the cell. A cell over several columns stands in the first; one over several rows
// is a merged cell of those below. White space is one blank, <br> a line break. What is not closed
// is closed by what follows.
class HtmlRows : public RowSource {
 public:
  HtmlRows(ByteSource source, DetectedEncoding encoding);

  // kIo. An HTML page is never damaged: it ends where it ends.
  Result<bool> next(SourceRow& row) override;
  const std::vector<std::uint32_t>& hidden_columns() const override { return hidden_columns_; }
  std::uint64_t bytes_read() const override { return offset_; }
  std::uint64_t bytes_total() const override { return source_.size(); }

 private:
  struct Cell {
    std::uint32_t column = 0;
    std::string text;
  };
  struct Spanning {  // a cell that reaches into rows to come
    std::uint32_t column = 0;
    std::uint32_t columns = 1;
    std::uint32_t rows_left = 0;
    std::string text;
  };

  Result<bool> decode_more();
  bool parse_some();
  void add_text(std::string_view text);
  void handle_tag(std::string_view tag);
  void begin_row(std::string_view attributes);
  void end_row();
  void begin_cell(std::string_view attributes);
  void end_cell();
  std::uint32_t free_column(std::uint32_t from) const;

  ByteSource source_;
  DetectedEncoding encoding_;
  std::uint64_t offset_ = 0;
  std::string undecoded_;
  std::vector<char> block_;
  std::string text_;  // decoded, from parsed_ on not yet read
  std::size_t parsed_ = 0;
  std::size_t tag_begin_ = 0;
  bool at_end_ = false;
  std::string raw_until_;  // "</script": nothing else counts until then

  std::vector<std::uint32_t> hidden_columns_;
  std::uint32_t number_ = 0;
  int depth_ = 0;  // tables inside each other
  bool in_row_ = false;
  bool hidden_ = false;
  bool in_cell_ = false;
  bool row_done_ = false;
  std::uint32_t next_column_ = 0;
  std::uint32_t cell_columns_ = 1;
  std::uint32_t cell_rows_ = 1;
  std::size_t row_bytes_ = 0;
  std::size_t spanning_bytes_ = 0;
  std::vector<Cell> cells_;
  std::vector<Spanning> spanning_;
};

}  // namespace bidui::connectors
