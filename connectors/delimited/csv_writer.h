// Writing CSV files: RFC 4180, UTF-8.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::connectors {

struct CsvOptions {
  bool bom = false;                 // a byte order mark, by which Excel knows UTF-8
  bool crlf = false;                // lines end in CRLF instead of LF
  bool neutralise_formulas = true;  // of text cells (formula_text.h); off in machine files only
};

// Appends `cell` to `out`, quoted if it has a comma, quote, CR, LF, or white space at an end.
void append_csv_cell(std::string& out, std::string_view cell);

// One file, written from top to bottom. Errors are kept and reported by close(), without which a
// file is not complete. Not for several threads.
class CsvWriter {
 public:
  // Replaces an existing file; kIo if it cannot be created.
  static Result<CsvWriter> create(const std::filesystem::path& path, CsvOptions options = {});

  // Text from records and people: neutralised if the options say so.
  void text(std::string_view cell);
  // Numbers and words of this program: written as they are.
  void plain(std::string_view cell) { add(cell); }
  void end_row();
  // A row of plain cells, e.g. the header.
  void row(std::span<const std::string_view> cells);
  // Whole rows that append_csv_cell() made, each with its line end.
  void rows(std::string_view text);

  // Writes what is left; kIo if anything could not be written. Nothing may be added afterwards.
  Status close();

 private:
  explicit CsvWriter(CsvOptions options) : options_(options) {}
  void add(std::string_view cell);
  void flush();

  CsvOptions options_;
  std::ofstream file_;
  std::string buffer_;
  bool row_open_ = false;
};

}  // namespace bidui::connectors
