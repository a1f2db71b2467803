// Tables of the workspace's own as files: a workbook, and a CSV file for each sheet.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "connectors/report/ledger.h"
#include "matcher/base/result.h"

namespace bidui::workspace {

struct SheetFiles {
  std::string workbook{};  // file name; "": none
  std::string title{};
  std::string date{};  // YYYY-MM-DD: no clock is read
  connectors::report::Locale locale = connectors::report::Locale::kChinese;
};

// Makes the folder where it is missing. kIo.
Status write_sheets(const std::vector<connectors::report::Sheet>& sheets,
                    const std::filesystem::path& folder, const SheetFiles& files);

}  // namespace bidui::workspace
