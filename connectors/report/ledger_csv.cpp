#include "connectors/report/ledger_csv.h"

#include "connectors/report/csv_sheet.h"

namespace bidui::connectors::report {
namespace {

void write_block(CsvSheet& file, const Block& block) {
  std::vector<std::string> fields;
  for (const Column& column : block.columns) {
    if (column.in_csv) fields.push_back(column.csv_name.empty() ? column.header : column.csv_name);
  }
  file.write_row(fields);
  std::vector<Cell> cells;
  for (std::size_t row = 0; row < block.rows; ++row) {
    block.fill(row, cells);
    fields.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (block.columns[i].in_csv) fields.push_back(std::move(cells[i].text));
    }
    file.write_row(fields);
  }
}

Status write_sheet(const Sheet& sheet, const std::filesystem::path& path) {
  Result<CsvSheet> file = CsvSheet::create(path);
  if (!file) return file.error();
  for (std::size_t i = 0; i < sheet.blocks.size(); ++i) {
    if (i > 0) file->write_row({});
    if (sheet.blocks.size() > 1) file->write_row({sheet.blocks[i].title});
    write_block(*file, sheet.blocks[i]);
  }
  return file->close();
}

}  // namespace

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
    if (!sheet.file.empty()) BIDUI_TRY(write_sheet(sheet, folder / csv_file_name(sheet.file)));
  }
  return {};
}

}  // namespace bidui::connectors::report
