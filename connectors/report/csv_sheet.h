// One CSV file that Excel opens by double-click: UTF-8 with BOM, CR LF, quotes where needed,
// nothing that runs as a formula.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::connectors::report {

// Appends `value` as one CSV field (RFC 4180), quoted where it holds a comma, quote or line break,
// after inert_text().
void append_csv_field(std::string& line, std::string_view value);

class CsvSheet {
 public:
  // Creates or replaces the file. kIo where that fails.
  static Result<CsvSheet> create(const std::filesystem::path& path);

  // Writes one row; errors of the disk show at close().
  void write_row(const std::vector<std::string>& fields);

  // Flushes. kIo where anything could not be written.
  Status close();

 private:
  explicit CsvSheet(std::filesystem::path path);

  std::filesystem::path path_;
  std::ofstream file_;
  std::string line_;
};

}  // namespace bidui::connectors::report
