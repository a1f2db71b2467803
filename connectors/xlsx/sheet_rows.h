// The rows of one sheet of a workbook, one after another, in the memory of a row.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/delimited/cell_table.h"
#include "connectors/xlsx/shared_strings.h"
#include "connectors/xlsx/xlsx_styles.h"
#include "connectors/xlsx/xml_stream.h"
#include "connectors/xlsx/zip_archive.h"

namespace bidui::connectors {

// A vertical merge of one column: all its cells show the first one's text.
struct MergedCells {
  std::uint32_t column = 0;
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
};

// Reads a sheet's XML to its end, so that damage is known before a row is used, and gives its
// vertical merges by first row; those of several columns by their first. (They stand behind the
// cells.) `bytes`: of the XML. kBadInput, also where it unpacks to more than `most` bytes or there
// are more merges than rows.
struct SheetTail {
  std::uint64_t bytes = 0;
  std::vector<MergedCells> merges;
};
Result<SheetTail> read_sheet_tail(const ZipArchive& archive, const std::string& part,
                                  std::uint64_t most);

// What all sheets of a workbook share; does not change while its sheets are read.
struct Workbook {
  explicit Workbook(ZipArchive file) : archive(std::move(file)) {}

  ZipArchive archive;
  SharedStrings strings;
  XlsxStyles styles;
  DateSystem dates = DateSystem::k1900;
};

class SheetHandler;

// Cells as text: shared, inline and formula strings, numbers as a spreadsheet shows them, days as
// "2017-12-03", truth values as TRUE and FALSE. A formula is what the program that saved the file
// computed; an error (#N/A) is no text, nor is a formula never computed: both are counted. Rows
// without text are left out.
class SheetRows : public RowSource {
 public:
  // `part`: of the sheet's XML. kBadInput.
  static Result<std::unique_ptr<SheetRows>> open(std::shared_ptr<const Workbook> book,
                                                 const std::string& part, SheetTail tail);
  ~SheetRows() override;

  // kBadInput where the XML is damaged or a cell stands where none can.
  Result<bool> next(SourceRow& row) override;
  const std::vector<std::uint32_t>& hidden_columns() const override;
  std::uint64_t bytes_read() const override { return stream_.read_bytes(); }
  std::uint64_t bytes_total() const override { return tail_.bytes; }

 private:
  // A merge that the current row stands in.
  struct Open {
    std::uint32_t column = 0;
    std::uint32_t last_row = 0;
    std::string text;
  };

  SheetRows(std::shared_ptr<const Workbook> book, std::string part, SheetTail tail,
            EntryStream stream);
  Result<bool> next_own(SourceRow& row);
  void add_merged(SourceRow& row);

  std::shared_ptr<const Workbook> book_;
  std::string part_;
  SheetTail tail_;
  EntryStream stream_;
  std::unique_ptr<SheetHandler> handler_;
  std::unique_ptr<XmlStream> xml_;
  XmlStream::State state_ = XmlStream::State::kOpen;
  bool at_end_ = false;
  std::vector<char> piece_;
  std::size_t next_merge_ = 0;
  std::vector<Open> open_;
  std::size_t open_bytes_ = 0;
};

}  // namespace bidui::connectors
