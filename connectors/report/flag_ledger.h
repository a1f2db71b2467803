// The ledgers of flags: 进度, 问题清单, 任务清单, 责任清单, 时限清单, 应纳入/应剔除/应更正清单 and
// 调整建议.
#pragma once

#include <filesystem>
#include <vector>

#include "connectors/report/flag_ledger_data.h"
#include "connectors/report/ledger.h"
#include "connectors/report/words.h"
#include "matcher/base/result.h"

namespace bidui::connectors::report {

// Refers to `ledger`, which must outlive the result.
std::vector<Sheet> flag_ledger_sheets(const FlagLedger& ledger, Locale locale);

// Parts of it (progress_sheet.cpp, adjustment_sheets.cpp).
Sheet progress_sheet(const FlagLedger& ledger, Locale locale);
std::vector<Sheet> adjustment_sheets(const FlagLedger& ledger, Locale locale);

// The title of every sheet: county, list, filter, dates.
std::string flag_sheet_title(const FlagLedger& ledger, Word list, Locale locale);

// As a workbook, where the name ends in .xlsx, else a folder of CSV files, one for each list. kIo.
Status write_flag_ledger(const FlagLedger& ledger, const std::filesystem::path& path,
                         Locale locale);
// The task list alone as one CSV file.
Status write_task_list(const FlagLedger& ledger, const std::filesystem::path& file, Locale locale);

}  // namespace bidui::connectors::report
