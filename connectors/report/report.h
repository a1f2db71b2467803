// Writes the report of a run: ledger.xlsx (台账), the same as CSV, report.html.
#pragma once

#include <cstddef>
#include <filesystem>

#include "connectors/report/report_data.h"
#include "connectors/report/words.h"
#include "matcher/base/result.h"

namespace bidui::connectors::report {

struct ReportOptions {
  Locale locale = Locale::kChinese;
  bool workbook = true;                    // FOLDER/ledger.xlsx
  bool csv = true;                         // FOLDER/csv/*.csv
  bool page = true;                        // FOLDER/report.html
  std::size_t page_flags_per_rule = 2000;  // flags of one rule that the page holds; it says so
};

// Writes the chosen forms into `folder`, which is created. Existing files are replaced. kIo where
// the disk fails. About 4 s per 100,000 flags; memory beyond `data` is that of the page alone.
Status write_report(const ReportData& data, const std::filesystem::path& folder,
                    const ReportOptions& options = {});

}  // namespace bidui::connectors::report
