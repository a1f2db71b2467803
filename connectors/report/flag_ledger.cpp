#include "connectors/report/flag_ledger.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "connectors/report/html_text.h"
#include "connectors/report/ledger_csv.h"
#include "connectors/report/xlsx_book.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"

namespace bidui::connectors::report {
namespace {

constexpr double kEvidenceWidth = 54;
constexpr double kSettleWidth = 28;
constexpr double kHouseholdWidth = 21;
constexpr double kProblemWidth = 18;

std::string text_of(const flag::Word& word, Locale locale) {
  return std::string(locale == Locale::kChinese ? word.zh : word.en);
}

// The positions of those flags for which `wanted` holds, in their order.
template <typename Wanted>
std::vector<std::size_t> chosen(const FlagLedger& ledger, const Wanted& wanted) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < ledger.flags.size(); ++i) {
    if (wanted(ledger.flags[i])) positions.push_back(i);
  }
  return positions;
}

// A column of a list of flags: how it is called, and what stands there.
struct FlagColumn {
  Column column;
  std::function<Cell(const LedgerFlag&, std::size_t row)> cell;
};

class ListMaker {
 public:
  ListMaker(const FlagLedger& ledger, Locale locale) : ledger_(ledger), locale_(locale) {}

  std::string say(Word which) const { return std::string(word(which, locale_)); }

  FlagColumn number() const {
    return {{.header = say(Word::kNumber), .width = 6},
            [](const LedgerFlag&, std::size_t row) { return count_cell(row + 1); }};
  }
  FlagColumn text(Word header, std::string LedgerFlag::*member, double width = 0) const {
    return {{.header = say(header), .width = width},
            [member](const LedgerFlag& flag, std::size_t) { return text_cell(flag.*member); }};
  }
  FlagColumn unprinted(FlagColumn column) const {
    column.column.printed = false;
    return column;
  }
  FlagColumn severity() const {
    return {{.header = say(Word::kSeverity), .width = 7},
            [l = locale_](const LedgerFlag& flag, std::size_t) {
              return severity_cell(flag.severity, l);
            }};
  }
  FlagColumn status() const {
    return {
        {.header = say(Word::kStatus), .width = 7},
        [l = locale_](const LedgerFlag& flag, std::size_t) { return status_cell(flag.status, l); }};
  }
  FlagColumn level() const {
    return {{.header = say(Word::kLevel), .width = 8},
            [l = locale_](const LedgerFlag& flag, std::size_t) {
              return text_cell(std::string(level_text(flag.level, l)));
            }};
  }
  FlagColumn state() const {
    return {{.header = say(Word::kState), .width = 12},
            [l = locale_](const LedgerFlag& flag, std::size_t) {
              std::string state = text_of(flag::word_of(flag.state), l);
              if (flag.township_signature) state += word(Word::kTownshipSigned, l);
              return text_cell(std::move(state));
            }};
  }
  FlagColumn money() const {
    return {{.header = say(Word::kMoney), .width = 10}, [](const LedgerFlag& flag, std::size_t) {
              return flag.money > 0 ? decimal_cell(flag.money) : Cell{};
            }};
  }
  FlagColumn to_fill(Word header, double width, std::vector<std::string> choices = {}) const {
    return {{.header = say(header), .width = width, .choices = std::move(choices)},
            [](const LedgerFlag&, std::size_t) {
              return Cell{.text = {}, .style = CellStyle::kToFill};
            }};
  }
  FlagColumn days_left() const {
    return {{.header = say(Word::kDaysLeft), .width = 10},
            [l = locale_](const LedgerFlag& flag, std::size_t) {
              if (flag.days_left >= 0)
                return count_cell(static_cast<std::uint64_t>(flag.days_left));
              return Cell{
                  .text = fmt::format(fmt::runtime(word(Word::kOverdueBy, l)), -flag.days_left),
                  .style = CellStyle::kHigh};
            }};
  }

  // A list of the flags at `rows`.
  Sheet sheet(Word name, std::string file, std::vector<std::size_t> rows,
              std::vector<FlagColumn> columns) const {
    Block block{.title = {}, .columns = {}, .rows = rows.size(), .fill = {}};
    std::vector<decltype(FlagColumn::cell)> cells;
    for (FlagColumn& column : columns) {
      block.columns.push_back(std::move(column.column));
      cells.push_back(std::move(column.cell));
    }
    block.fill = [&ledger = ledger_, rows = std::move(rows), makers = std::move(cells)](
                     std::size_t row, std::vector<Cell>& out) {
      out.clear();
      for (const auto& make : makers) out.push_back(make(ledger.flags[rows[row]], row));
    };
    Sheet sheet{.name = say(name),
                .file = std::move(file),
                .title = flag_sheet_title(ledger_, name, locale_),
                .blocks = {},
                .frozen_columns = 3};
    sheet.blocks.push_back(std::move(block));
    return sheet;
  }

  // Where it is and whose: the first columns of every list.
  std::vector<FlagColumn> place_columns() const {
    std::vector<FlagColumn> columns = {
        number(), text(Word::kTownship, &LedgerFlag::township),
        text(Word::kVillage, &LedgerFlag::village),
        text(Word::kHouseholdNo, &LedgerFlag::household, kHouseholdWidth),
        text(Word::kNames, &LedgerFlag::names)};
    if (ledger_.revealed) columns.push_back(text(Word::kIdNumber, &LedgerFlag::id_number, 20));
    return columns;
  }

 private:
  const FlagLedger& ledger_;
  Locale locale_;
};

Sheet problem_list(const FlagLedger& ledger, const ListMaker& make) {
  std::vector<FlagColumn> columns = make.place_columns();
  columns.insert(
      columns.end(),
      {make.text(Word::kProblem, &LedgerFlag::title, kProblemWidth), make.severity(), make.level(),
       make.status(), make.text(Word::kEvidence, &LedgerFlag::evidence, kEvidenceWidth),
       make.money(), make.state(), make.text(Word::kReason, &LedgerFlag::reason, 12),
       make.text(Word::kFlagId, &LedgerFlag::flag_id, 16),
       make.unprinted(make.text(Word::kBasis, &LedgerFlag::basis, kSettleWidth)),
       make.unprinted(make.text(Word::kRule, &LedgerFlag::rule)),
       make.unprinted(make.text(Word::kSubject, &LedgerFlag::subject))});
  return make.sheet(Word::kProblemList, "problems",
                    chosen(ledger, [](const LedgerFlag&) { return true; }), std::move(columns));
}

// What is to be checked, and room for what was found: the sheet that comes back.
Sheet task_list(const FlagLedger& ledger, const ListMaker& make, Locale locale) {
  std::vector<FlagColumn> columns = make.place_columns();
  columns.insert(
      columns.end(),
      {make.text(Word::kProblem, &LedgerFlag::title, kProblemWidth), make.severity(),
       make.text(Word::kEvidence, &LedgerFlag::evidence, kEvidenceWidth),
       make.text(Word::kVisit, &LedgerFlag::to_settle, kSettleWidth),
       make.text(Word::kDeadline, &LedgerFlag::deadline, 12),
       make.to_fill(Word::kOutcome, 11, outcome_choices(locale)),
       make.to_fill(Word::kReason, 15, reason_choices(locale)), make.to_fill(Word::kVisitor, 10),
       make.to_fill(Word::kVisitDate, 13), make.to_fill(Word::kRemark, 22),
       make.text(Word::kFlagId, &LedgerFlag::flag_id, 16), make.unprinted(make.level()),
       make.unprinted(make.text(Word::kMark, &LedgerFlag::mark, 24))});
  Sheet sheet = make.sheet(
      Word::kTaskList, "tasks",
      chosen(ledger, [](const LedgerFlag& f) { return f.state == flag::State::kAssigned; }),
      std::move(columns));
  sheet.title += "  " + std::string(word(Word::kTaskHint, locale));
  return sheet;
}

// Who has to do what next, by unit.
Sheet duty_list(const FlagLedger& ledger, const ListMaker& make) {
  std::vector<std::size_t> rows =
      chosen(ledger, [](const LedgerFlag& flag) { return !flag.next.empty(); });
  std::ranges::stable_sort(rows, {}, [&](std::size_t i) { return ledger.flags[i].unit; });
  std::vector<FlagColumn> columns = {
      make.number(),
      make.text(Word::kUnit, &LedgerFlag::unit),
      make.text(Word::kNextStep, &LedgerFlag::next),
      make.text(Word::kTownship, &LedgerFlag::township),
      make.text(Word::kVillage, &LedgerFlag::village),
      make.text(Word::kHouseholdNo, &LedgerFlag::household, kHouseholdWidth),
      make.text(Word::kNames, &LedgerFlag::names),
      make.text(Word::kProblem, &LedgerFlag::title, kProblemWidth),
      make.severity(),
      make.state(),
      make.text(Word::kSince, &LedgerFlag::last_day, 12),
      make.text(Word::kDeadline, &LedgerFlag::deadline, 12),
      make.text(Word::kFlagId, &LedgerFlag::flag_id, 16),
      make.to_fill(Word::kSignedBy, 14)};
  return make.sheet(Word::kDutyList, "duties", std::move(rows), std::move(columns));
}

Sheet deadline_list(const FlagLedger& ledger, const ListMaker& make) {
  std::vector<std::size_t> rows =
      chosen(ledger, [](const LedgerFlag& flag) { return !flag.deadline.empty(); });
  std::ranges::stable_sort(rows, {}, [&](std::size_t i) { return ledger.flags[i].deadline; });
  std::vector<FlagColumn> columns = {
      make.number(),
      make.text(Word::kDeadline, &LedgerFlag::deadline, 12),
      make.days_left(),
      make.text(Word::kDeadlineKind, &LedgerFlag::deadline_kind, 14),
      make.text(Word::kUnit, &LedgerFlag::unit),
      make.text(Word::kTownship, &LedgerFlag::township),
      make.text(Word::kVillage, &LedgerFlag::village),
      make.text(Word::kHouseholdNo, &LedgerFlag::household, kHouseholdWidth),
      make.text(Word::kNames, &LedgerFlag::names),
      make.text(Word::kProblem, &LedgerFlag::title, kProblemWidth),
      make.severity(),
      make.text(Word::kAssignedOn, &LedgerFlag::assigned_on, 12),
      make.text(Word::kFlagId, &LedgerFlag::flag_id, 16)};
  return make.sheet(Word::kDeadlineList, "deadlines", std::move(rows), std::move(columns));
}

Sheet note_sheet(const FlagLedger& ledger, Locale locale) {
  std::vector<Word> notes = {Word::kFlagHint,    Word::kProgressNote, Word::kPrecisionNote,
                             Word::kRankingNote, Word::kTaskNote,     Word::kAdjustmentNote,
                             Word::kDefSeverity, Word::kDefStatus,    Word::kDefLevel};
  if (ledger.revealed) notes.front() = Word::kRevealedNote;
  const std::size_t rows = notes.size();
  Block block{
      .title = {},
      .columns = {{.header = std::string(word(Word::kDefinitions, locale)), .width = 110}},
      .rows = rows,
      .fill = [notes = std::move(notes), locale](std::size_t row, std::vector<Cell>& cells) {
        cells = {text_cell(std::string(word(notes[row], locale)))};
      }};
  Sheet sheet{.name = std::string(word(Word::kDefinitions, locale)),
              .file = {},
              .title = flag_sheet_title(ledger, Word::kDefinitions, locale),
              .blocks = {},
              .frozen_columns = 0};
  sheet.blocks.push_back(std::move(block));
  return sheet;
}

}  // namespace

std::string flag_sheet_title(const FlagLedger& ledger, Word list, Locale locale) {
  std::string title = fmt::format("{} {}", ledger.county, word(list, locale));
  if (!ledger.chosen.empty()) title += "（" + ledger.chosen + "）";
  title += fmt::format("  {} {}  {} {}  {} {}", word(Word::kRun, locale), ledger.run,
                       word(Word::kEvaluationDate, locale), ledger.evaluation_date,
                       word(Word::kMadeOn, locale), ledger.today);
  const auto add = [&](std::size_t flags, Word which) {
    if (flags != 0) title += "  " + fmt::format(fmt::runtime(word(which, locale)), grouped(flags));
  };
  add(ledger.beyond_cap, Word::kBeyondCap);
  add(ledger.without_place, Word::kWithoutPlace);
  return title;
}

std::vector<Sheet> flag_ledger_sheets(const FlagLedger& ledger, Locale locale) {
  const ListMaker make(ledger, locale);
  std::vector<Sheet> sheets;
  sheets.push_back(progress_sheet(ledger, locale));
  sheets.push_back(problem_list(ledger, make));
  sheets.push_back(task_list(ledger, make, locale));
  sheets.push_back(duty_list(ledger, make));
  sheets.push_back(deadline_list(ledger, make));
  for (Sheet& sheet : adjustment_sheets(ledger, locale)) sheets.push_back(std::move(sheet));
  sheets.push_back(note_sheet(ledger, locale));
  return sheets;
}

Status write_flag_ledger(const FlagLedger& ledger, const std::filesystem::path& path,
                         Locale locale) {
  const std::vector<Sheet> sheets = flag_ledger_sheets(ledger, locale);
  if (path.extension() == ".xlsx") {
    return write_workbook(sheets, path,
                          {.locale = locale,
                           .title = flag_sheet_title(ledger, Word::kLedgerTitle, locale),
                           .date = ledger.today});
  }
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return system_error(error, "无法新建目录", "cannot create the folder", path.string());
  return write_csv_ledger(sheets, path);
}

Status write_task_list(const FlagLedger& ledger, const std::filesystem::path& file, Locale locale) {
  return write_csv_sheet(task_list(ledger, ListMaker(ledger, locale), locale), file);
}

}  // namespace bidui::connectors::report
