#include <fmt/format.h>

#include "connectors/report/flag_ledger.h"

namespace bidui::connectors::report {
namespace {

// Columns behind the unit's name.
std::vector<Column> count_columns(Locale locale) {
  std::vector<Column> columns;
  for (const Word which :
       {Word::kFound, Word::kWaiting, Word::kInCheck, Word::kOverdue, Word::kOutcomeTrue,
        Word::kOutcomeFalse, Word::kOutcomeUnknown, Word::kInDecision, Word::kDismissed,
        Word::kClosed, Word::kGoneUnworked, Word::kCheckedShare}) {
    columns.push_back({.header = std::string(word(which, locale)), .width = 10});
  }
  return columns;
}

void add_counts(const Progress& progress, std::vector<Cell>& cells) {
  for (const std::uint64_t count :
       {progress.found, progress.open, progress.assigned, progress.overdue, progress.found_true,
        progress.found_false, progress.cannot_tell, progress.decided, progress.dismissed,
        progress.closed, progress.gone}) {
    cells.push_back(count_cell(count));
  }
  if (progress.overdue != 0) cells[cells.size() - 8].style = CellStyle::kDiffers;
  const std::uint64_t checked = progress.found_true + progress.found_false;
  const std::uint64_t due = checked + progress.open + progress.assigned + progress.cannot_tell;
  cells.push_back(due == 0 ? Cell{}
                           : percent_cell(static_cast<double>(checked) / static_cast<double>(due)));
}

std::string unit_name(const std::string& name, Locale locale) {
  return name.empty() ? std::string(word(Word::kUnknownPlace, locale)) : name;
}

Block units(Word title, const std::vector<Progress>& rows, bool villages, const Progress* total,
            Locale locale) {
  std::vector<Column> columns;
  if (villages) columns.push_back({.header = std::string(word(Word::kTownship, locale))});
  columns.push_back(
      {.header = std::string(word(villages ? Word::kVillage : Word::kTownship, locale))});
  for (Column& column : count_columns(locale)) columns.push_back(std::move(column));
  return {.title = std::string(word(title, locale)),
          .columns = std::move(columns),
          .rows = rows.size() + (total == nullptr ? 0 : 1),
          .fill = [&rows, villages, total, locale](std::size_t row, std::vector<Cell>& cells) {
            cells.clear();
            const bool is_total = row == rows.size();
            const Progress& progress = is_total ? *total : rows[row];
            if (villages) cells.push_back(text_cell(unit_name(progress.township, locale)));
            cells.push_back(text_cell(is_total ? std::string(word(Word::kTotal, locale))
                                               : unit_name(progress.unit, locale)));
            add_counts(progress, cells);
          }};
}

Block rules(const FlagLedger& ledger, Locale locale) {
  std::vector<Column> columns = {{.header = std::string(word(Word::kProblem, locale))}};
  for (Column& column : count_columns(locale)) columns.push_back(std::move(column));
  columns.push_back({.header = std::string(word(Word::kPrecision, locale)), .width = 10});
  columns.push_back({.header = std::string(word(Word::kLow95, locale)), .width = 10});
  columns.push_back({.header = std::string(word(Word::kHigh95, locale)), .width = 10});
  columns.push_back({.header = std::string(word(Word::kRule, locale))});
  return {.title = std::string(word(Word::kProgressByRule, locale)),
          .columns = std::move(columns),
          .rows = ledger.progress.rules.size(),
          .fill = [&ledger](std::size_t row, std::vector<Cell>& cells) {
            const RuleProgress& rule = ledger.progress.rules[row];
            cells = {text_cell(rule.title)};
            add_counts(rule.progress, cells);
            const bool known = rule.precision.has_value();
            cells.push_back(known ? percent_cell(rule.precision) : text_cell("—"));
            cells.push_back(known ? percent_cell(rule.low) : Cell{});
            cells.push_back(known ? percent_cell(rule.high) : Cell{});
            cells.push_back(text_cell(rule.rule));
          }};
}

}  // namespace

Sheet progress_sheet(const FlagLedger& ledger, Locale locale) {
  return {
      .name = std::string(word(Word::kProgress, locale)),
      .file = "progress",
      .title = flag_sheet_title(ledger, Word::kProgress, locale),
      .blocks = {units(Word::kProgressByTownship, ledger.progress.townships, false,
                       &ledger.progress.county, locale),
                 rules(ledger, locale),
                 units(Word::kProgressByVillage, ledger.progress.villages, true, nullptr, locale)},
      .frozen_columns = 0};
}

}  // namespace bidui::connectors::report
