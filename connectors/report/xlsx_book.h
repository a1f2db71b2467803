// The ledger as a workbook. Rows go to temporary files beside the workbook as they are made: memory
// does not grow with the rows.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/report/ledger.h"
#include "matcher/base/result.h"

namespace bidui::connectors::report {

struct WorkbookOptions {
  Locale locale = Locale::kChinese;
  std::string title{};
  std::string date{};  // "2017-11-20", the file's date of creation; no clock is read
  std::size_t rows_per_sheet = 1048576;  // Excel's own limit; lists go on in a further sheet
};

// Writes the workbook under a temporary name and renames it: `path` holds the whole or what it held
// before. Sheet names are made unique and fit. The same input gives the same bytes. kIo where the
// disk fails.
Status write_workbook(const std::vector<Sheet>& sheets, const std::filesystem::path& path,
                      const WorkbookOptions& options);

// The names under which `sheets` are written, in their order, before continuation.
std::vector<std::string> unique_sheet_names(const std::vector<Sheet>& sheets);

}  // namespace bidui::connectors::report
