#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "connectors/report/evidence_columns.h"
#include "connectors/report/html_section.h"
#include "connectors/report/ledger.h"

namespace bidui::connectors::report {
namespace {

constexpr double kVisitWidth = 24;
constexpr std::size_t kFillColumns = 5;
// What a visitor needs on paper: the first evidence is what the rule is about. The rest stands to
// the right of what is printed.
constexpr std::size_t kPrintedEvidence = 5;

// What the rows of one rule's sheet need; shared by the block's fill function.
struct RuleTable {
  const std::vector<const FlagRow*>& flags;
  EvidenceColumns evidence;
  bool one_basis;
  Locale locale;
};

bool have_one_basis(const std::vector<const FlagRow*>& flags) {
  return std::all_of(flags.begin(), flags.end(),
                     [&](const FlagRow* flag) { return flag->basis == flags.front()->basis; });
}

Cell evidence_cell(EvidenceCell cell) {
  return {.text = std::move(cell.text),
          .style = cell.differs ? CellStyle::kDiffers : CellStyle::kText};
}

Cell to_fill() { return {.text = {}, .style = CellStyle::kToFill}; }

std::string with_source(const std::string& source, const std::string& key) {
  return source.empty() || key.empty() ? key : source + ':' + key;
}

void fill_row(const RuleTable& table, std::size_t row, std::vector<Cell>& cells) {
  const FlagRow& flag = *table.flags[row];
  const Locale locale = table.locale;
  cells.clear();
  cells.push_back(count_cell(row + 1));
  cells.push_back(text_cell(flag.township));
  cells.push_back(text_cell(flag.village));
  cells.push_back(text_cell(with_source(flag.subject_source, flag.household_no)));
  cells.push_back(text_cell(flag.names));
  cells.push_back(severity_cell(flag.severity, locale));
  cells.push_back(status_cell(flag.status, locale));
  cells.push_back(text_cell(std::string(level_text(flag.level, locale))));
  std::vector<EvidenceCell> evidence = table.evidence.lay_out(flag);
  const std::size_t printed = std::min(evidence.size(), kPrintedEvidence);
  for (std::size_t i = 0; i < printed; ++i) cells.push_back(evidence_cell(std::move(evidence[i])));
  cells.push_back(text_cell(flag.visit));
  if (!table.one_basis) cells.push_back(text_cell(flag.basis));
  cells.push_back(text_cell(flag.deadline));
  for (std::size_t i = 0; i < kFillColumns; ++i) cells.push_back(to_fill());
  cells.push_back(text_cell(flag.flag_id));
  cells.push_back(text_cell(flag.mark));
  cells.push_back(text_cell(with_source(flag.subject_source, flag.subject_key)));
  const bool is_record = flag.subject_kind == "record";
  cells.push_back(
      text_cell(std::string(word(is_record ? Word::kKindRecord : Word::kKindHousehold, locale))));
  for (std::size_t i = printed; i < evidence.size(); ++i)
    cells.push_back(evidence_cell(std::move(evidence[i])));
}

// One for each cell of EvidenceColumns::lay_out().
std::vector<Column> evidence_columns(const ReportData& data, const RuleTable& table) {
  std::vector<Column> columns;
  for (const EvidenceColumns::Key& key : table.evidence.keys()) {
    const std::string source(source_title(data, key.source));
    columns.push_back({.header = source.empty() ? key.label : key.label + "（" + source + "）"});
  }
  if (table.evidence.has_rest())
    columns.push_back({.header = std::string(word(Word::kOtherEvidence, table.locale))});
  for (std::size_t i = kPrintedEvidence; i < columns.size(); ++i) columns[i].printed = false;
  return columns;
}

std::vector<Column> rule_columns(const ReportData& data, const RuleTable& table) {
  const auto name = [&](Word which) { return std::string(word(which, table.locale)); };
  std::vector<Column> columns;
  for (const Word which : {Word::kNumber, Word::kTownship, Word::kVillage, Word::kHouseholdNo,
                           Word::kNames, Word::kSeverity, Word::kStatus, Word::kLevel}) {
    columns.push_back({.header = name(which)});
  }
  std::vector<Column> evidence = evidence_columns(data, table);
  for (const Column& column : evidence) {
    if (column.printed) columns.push_back(column);
  }
  columns.push_back({.header = name(Word::kVisit), .width = kVisitWidth});
  if (!table.one_basis) columns.push_back({.header = name(Word::kBasis)});
  columns.push_back({.header = name(Word::kDeadline)});
  columns.push_back(
      {.header = name(Word::kOutcome), .width = 10, .choices = outcome_choices(table.locale)});
  columns.push_back(
      {.header = name(Word::kReason), .width = 14, .choices = reason_choices(table.locale)});
  columns.push_back({.header = name(Word::kVisitor), .width = 10});
  columns.push_back({.header = name(Word::kVisitDate), .width = 12});
  columns.push_back({.header = name(Word::kRemark), .width = 18});
  columns.push_back({.header = name(Word::kFlagId)});
  columns.push_back({.header = name(Word::kMark), .width = 24, .printed = false});
  columns.push_back({.header = name(Word::kSubject), .printed = false});
  columns.push_back({.header = name(Word::kSubjectKind), .printed = false});
  for (Column& column : evidence) {
    if (!column.printed) columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

std::string rule_sheet_name(const RuleRow& rule) {
  return rule.title.empty() ? rule.id : rule.title;
}

Sheet rule_sheet(const ReportData& data, const RuleRow& rule, const RuleTally& counts,
                 Locale locale) {
  const auto table =
      std::make_shared<RuleTable>(RuleTable{.flags = counts.flags,
                                            .evidence = EvidenceColumns(counts.flags),
                                            .one_basis = have_one_basis(counts.flags),
                                            .locale = locale});
  std::string title = fmt::format("{} {}  {}  {} {}  {} {}", rule.id, rule.title, data.county_name,
                                  word(Word::kEvaluationDate, locale), data.evaluation_date,
                                  word(Word::kCurrent, locale), counts.current);
  if (table->one_basis && !counts.flags.empty() && !counts.flags.front()->basis.empty()) {
    title += fmt::format("  {}：{}", word(Word::kBasis, locale), counts.flags.front()->basis);
  }
  if (const RuleProgress* const work = progress_of(data.progress, rule.id);
      work != nullptr && work->precision) {
    title += fmt::format("  {} {}", word(Word::kPrecisionBounds, locale), precision_text(*work));
  }
  Sheet sheet{.name = rule_sheet_name(rule),
              .file = "flags_" + rule.id,
              .title = std::move(title),
              .blocks = {},
              .frozen_columns = 3};
  sheet.blocks.push_back({.title = {},
                          .columns = rule_columns(data, *table),
                          .rows = counts.flags.size(),
                          .fill = [table](std::size_t row, std::vector<Cell>& cells) {
                            fill_row(*table, row, cells);
                          }});
  return sheet;
}

}  // namespace bidui::connectors::report
