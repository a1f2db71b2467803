// The ledger's sheets as CSV files.
#pragma once

#include <filesystem>
#include <vector>

#include "connectors/report/ledger.h"
#include "matcher/base/result.h"

namespace bidui::connectors::report {

// Writes FILE.csv for each sheet that has a file stem: summary, places, flags_RULE, possible,
// rejects. A sheet of several blocks has each block's title on a line of its own before it and a
// blank line between. `folder` must exist. kIo where a file cannot be written.
Status write_csv_ledger(const std::vector<Sheet>& sheets, const std::filesystem::path& folder);

// One sheet as one file.
Status write_csv_sheet(const Sheet& sheet, const std::filesystem::path& path);

// The name of a CSV file for a stem that comes from data: letters, digits, '-' and '_' (and what is
// not ASCII) stay, all else becomes '_'.
std::string csv_file_name(std::string_view stem);

}  // namespace bidui::connectors::report
