#include "connectors/report/csv_sheet.h"

#include "connectors/report/cell_text.h"

namespace bidui::connectors::report {

void append_csv_field(std::string& line, std::string_view value) {
  const std::string text = inert_text(value);
  if (text.find_first_of(",\"\n\t") == std::string::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

CsvSheet::CsvSheet(std::filesystem::path path)
    : path_(std::move(path)), file_(path_, std::ios::binary | std::ios::trunc) {}

Result<CsvSheet> CsvSheet::create(const std::filesystem::path& path) {
  CsvSheet sheet(path);
  if (!sheet.file_) {
    return make_error(ErrorCode::kIo, "the CSV file cannot be created", path.string());
  }
  sheet.file_ << "\xEF\xBB\xBF";
  return sheet;
}

void CsvSheet::write_row(const std::vector<std::string>& fields) {
  line_.clear();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line_ += ',';
    append_csv_field(line_, fields[i]);
  }
  line_ += "\r\n";
  file_ << line_;
}

Status CsvSheet::close() {
  file_.close();
  if (!file_) {
    return make_error(ErrorCode::kIo, "the CSV file could not be written", path_.string());
  }
  return {};
}

}  // namespace bidui::connectors::report
