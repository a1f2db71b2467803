#include "connectors/report/report.h"

#include <array>
#include <fstream>
#include <tbb/parallel_invoke.h>

#include "connectors/report/html_page.h"
#include "connectors/report/ledger.h"
#include "connectors/report/ledger_csv.h"
#include "connectors/report/tally.h"
#include "connectors/report/xlsx_book.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors::report {
namespace {

Status write_page(const ReportData& data, const Tally& counts, const std::filesystem::path& path,
                  const ReportOptions& options) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << html_page(data, counts,
                    {.locale = options.locale, .flags_per_rule = options.page_flags_per_rule});
  file.close();
  if (!file) return errno_error("无法写入网页", "cannot write the page", path.string());
  return {};
}

Status create_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return system_error(error, "无法新建目录", "cannot create the folder", folder.string());
  }
  return {};
}

}  // namespace

Status write_report(const ReportData& data, const std::filesystem::path& folder,
                    const ReportOptions& options) {
  BIDUI_TRY(create_folder(folder));
  if (options.csv) BIDUI_TRY(create_folder(folder / "csv"));
  const Tally counts = tally(data);
  const std::vector<Sheet> sheets = ledger_sheets(data, counts, options.locale);
  const WorkbookOptions book{
      .locale = options.locale,
      .title = data.county_name + " " + std::string(word(Word::kLedgerTitle, options.locale)),
      .date = data.evaluation_date};
  std::array<Status, 3> done;
  tbb::parallel_invoke(
      [&] {
        if (options.workbook) done[0] = write_workbook(sheets, folder / "ledger.xlsx", book);
      },
      [&] {
        if (options.csv) done[1] = write_csv_ledger(sheets, folder / "csv");
      },
      [&] {
        if (options.page) done[2] = write_page(data, counts, folder / "report.html", options);
      });
  for (const Status& status : done) BIDUI_TRY(status);
  return {};
}

}  // namespace bidui::connectors::report
