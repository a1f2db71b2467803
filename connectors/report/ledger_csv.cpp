#include "connectors/report/ledger_csv.h"

#include "connectors/delimited/csv_writer.h"
#include "connectors/report/cell_text.h"

namespace bidui::connectors::report {
namespace {

void write_block(CsvWriter& file, const Block& block) {
  for (const Column& column : block.columns) {
    if (column.in_csv) file.text(column.csv_name.empty() ? column.header : column.csv_name);
  }
  file.end_row();
  std::vector<Cell> cells;
  for (std::size_t row = 0; row < block.rows; ++row) {
    block.fill(row, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!block.columns[i].in_csv) continue;
      // Our own numbers may begin with a minus; what came from records is made harmless.
      if (cells[i].number) {
        file.plain(cells[i].text);
      } else {
        file.text(clean_text(cells[i].text));
      }
    }
    file.end_row();
  }
}

}  // namespace

Status write_csv_sheet(const Sheet& sheet, const std::filesystem::path& path) {
  Result<CsvWriter> file = CsvWriter::create(path, {.bom = true, .crlf = true});
  BIDUI_TRY(file);
  for (std::size_t i = 0; i < sheet.blocks.size(); ++i) {
    if (i > 0) file->end_row();
    if (sheet.blocks.size() > 1) {
      file->text(sheet.blocks[i].title);
      file->end_row();
    }
    write_block(*file, sheet.blocks[i]);
  }
  return file->close();
}

std::string csv_file_name(std::string_view stem) {
  std::string name(stem);
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool keep = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                      (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '-' ||
                      byte == '_';
    if (!keep) c = '_';
  }
  return name + ".csv";
}

Status write_csv_ledger(const std::vector<Sheet>& sheets, const std::filesystem::path& folder) {
  for (const Sheet& sheet : sheets) {
    if (!sheet.file.empty()) BIDUI_TRY(write_csv_sheet(sheet, folder / csv_file_name(sheet.file)));
  }
  return {};
}

}  // namespace bidui::connectors::report
