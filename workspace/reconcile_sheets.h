// A reconciliation as tables, for a workbook and CSV files.
#pragma once

#include <filesystem>
#include <vector>

#include "connectors/report/ledger.h"
#include "workspace/reconcile.h"

namespace bidui::workspace {

// Totals, townships, villages, differences, definitions. Refers to `result`.
std::vector<connectors::report::Sheet> reconcile_sheets(const Reconciliation& result,
                                                        connectors::report::Locale locale);

// Writes reconcile.xlsx, totals.csv, townships.csv, villages.csv and differences.csv into the
// folder, which is made. kIo.
Status write_reconciliation(const Reconciliation& result, const std::filesystem::path& folder,
                            connectors::report::Locale locale);

}  // namespace bidui::workspace
