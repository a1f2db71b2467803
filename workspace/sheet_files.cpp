#include "workspace/sheet_files.h"

#include <system_error>

#include "connectors/report/ledger_csv.h"
#include "connectors/report/xlsx_book.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {

namespace report = connectors::report;

Status write_sheets(const std::vector<report::Sheet>& sheets, const std::filesystem::path& folder,
                    const SheetFiles& files) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory", folder.string());
  if (!files.workbook.empty())
    BIDUI_TRY(
        report::write_workbook(sheets, folder / files.workbook,
                               {.locale = files.locale, .title = files.title, .date = files.date}));
  return report::write_csv_ledger(sheets, folder);
}

}  // namespace bidui::workspace
