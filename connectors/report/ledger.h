// The ledger (台账) as tables, the same for the workbook and for CSV: sheets of blocks of rows,
// made one row at a time so that 100,000 flags need no second copy.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connectors/report/report_data.h"
#include "connectors/report/tally.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

enum class CellStyle : std::uint8_t {
  kText,
  kCount,    // an integer with thousands separators
  kDecimal,  // two places
  kPercent,  // a share from 0 to 1
  kHigh,     // severities
  kMedium,
  kLow,
  kInfo,
  kNew,  // statuses
  kSame,
  kChanged,
  kGone,
  kReopened,
  kDiffers,  // evidence in which the sources differ
  kToFill,   // empty, for the visitor
  kSheet,    // a link to the sheet of that name
};
inline constexpr std::size_t kCellStyles = 16;

// Text, unless `number` is set. Keys, ID numbers and dates are always text.
struct Cell {
  std::string text{};
  CellStyle style = CellStyle::kText;
  std::optional<double> number{};
};

struct Column {
  std::string header;
  double width = 0;                    // in characters; 0: fitted to the first rows
  std::vector<std::string> choices{};  // a list to choose from, for cells to fill
  bool heat = false;                   // shaded by value
  std::string csv_name{};              // header in the CSV file where it differs
  bool printed = true;                 // columns that are not stand behind all that are
  bool in_csv = true;
};

struct Block {
  std::string title;
  std::vector<Column> columns;
  std::size_t rows = 0;
  // Sets `cells` (as many as columns) for a row below `rows`.
  std::function<void(std::size_t row, std::vector<Cell>& cells)> fill;
};

// A sheet of one block is a list: filtered, with frozen header, continued on a further sheet where
// it has more rows than Excel keeps. Several blocks stand one below the other.
struct Sheet {
  std::string name;   // as wanted; the writer makes it fit
  std::string file;   // stem of the CSV file; empty: not written as CSV
  std::string title;  // first line
  std::vector<Block> blocks;
  std::size_t frozen_columns = 0;
};

Cell text_cell(std::string text);
Cell count_cell(std::uint64_t count);
Cell percent_cell(std::optional<double> share);
Cell decimal_cell(double value);
Cell severity_cell(Severity severity, Locale locale);
Cell status_cell(FlagStatus status, Locale locale);

// The words to choose from in the columns that are to be filled in.
std::vector<std::string> outcome_choices(Locale locale);
std::vector<std::string> reason_choices(Locale locale);

// All sheets in their order: summary, places, a sheet per evaluated rule, possible links, rejects,
// definitions. Refers to `data` and `counts`, which must outlive the result.
std::vector<Sheet> ledger_sheets(const ReportData& data, const Tally& counts, Locale locale);

// Parts of ledger_sheets().
Sheet summary_sheet(const ReportData& data, const Tally& counts, Locale locale);
Sheet place_sheet(const ReportData& data, const Tally& counts, Locale locale);
Sheet rule_sheet(const ReportData& data, const RuleRow& rule, const RuleTally& counts,
                 Locale locale);

// Name of a rule's sheet: its title, else its identifier.
std::string rule_sheet_name(const RuleRow& rule);

}  // namespace bidui::connectors::report
