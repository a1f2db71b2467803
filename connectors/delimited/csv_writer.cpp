#include "connectors/delimited/csv_writer.h"

#include <algorithm>

#include "connectors/delimited/formula_text.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {

void append_csv_cell(std::string& out, std::string_view cell) {
  const auto needs_quotes = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  const bool padded = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
  if (!padded && std::ranges::none_of(cell, needs_quotes)) {
    out += cell;
    return;
  }
  out += '"';
  for (std::size_t quote = cell.find('"'); quote != std::string_view::npos;
       quote = cell.find('"')) {
    out.append(cell.substr(0, quote)).append("\"\"");
    cell.remove_prefix(quote + 1);
  }
  out.append(cell).append(1, '"');
}

Result<CsvWriter> CsvWriter::create(const std::filesystem::path& path, CsvOptions options) {
  CsvWriter writer(options);
  writer.file_.open(path, std::ios::binary | std::ios::trunc);
  if (!writer.file_) {
    return errno_error("无法新建文件", "cannot create the file", path.string());
  }
  if (options.bom) writer.buffer_ = "\xEF\xBB\xBF";
  return writer;
}

void CsvWriter::text(std::string_view cell) {
  if (!options_.neutralise_formulas) return add(cell);
  add(neutralised(cell));
}

void CsvWriter::add(std::string_view cell) {
  if (row_open_) buffer_ += ',';
  row_open_ = true;
  append_csv_cell(buffer_, cell);
}

void CsvWriter::end_row() {
  constexpr std::size_t kFlushBytes = 256 * 1024;
  buffer_ += options_.crlf ? "\r\n" : "\n";
  row_open_ = false;
  if (buffer_.size() >= kFlushBytes) flush();
}

void CsvWriter::row(std::span<const std::string_view> cells) {
  for (const std::string_view cell : cells) plain(cell);
  end_row();
}

void CsvWriter::rows(std::string_view text) {
  flush();
  file_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void CsvWriter::flush() {
  file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

Status CsvWriter::close() {
  flush();
  file_.close();
  if (!file_) return errno_error("无法写完 CSV 文件", "cannot write the CSV file completely");
  return {};
}

}  // namespace bidui::connectors
