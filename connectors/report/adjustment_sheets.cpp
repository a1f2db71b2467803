#include <array>
#include <fmt/format.h>

#include "connectors/report/flag_ledger.h"

namespace bidui::connectors::report {
namespace {

struct List {
  AdjustmentKind kind;
  Word name;
  const char* file;
};
constexpr std::array<List, kAdjustmentKinds> kLists = {
    {{AdjustmentKind::kAdd, Word::kAddList, "to_add"},
     {AdjustmentKind::kRemove, Word::kRemoveList, "to_remove"},
     {AdjustmentKind::kCorrect, Word::kCorrectList, "to_correct"}}};

Word kind_word(AdjustmentKind kind) {
  switch (kind) {
    case AdjustmentKind::kAdd:
      return Word::kAdd;
    case AdjustmentKind::kRemove:
      return Word::kRemove;
    case AdjustmentKind::kCorrect:
      return Word::kCorrect;
  }
  return Word::kCorrect;
}

std::vector<Column> columns_of(std::initializer_list<Word> words, Locale locale) {
  std::vector<Column> columns;
  for (const Word which : words) columns.push_back({.header = std::string(word(which, locale))});
  return columns;
}

// `kind`: of a list of one kind; nullptr for suggestions, which have a column of it.
Sheet list_of(const FlagLedger& ledger, Word name, std::string file, std::vector<std::size_t> rows,
              const AdjustmentKind* kind, Locale locale) {
  const bool values = kind == nullptr || *kind == AdjustmentKind::kCorrect;
  std::vector<Column> columns =
      columns_of({Word::kNumber, Word::kTownship, Word::kVillage}, locale);
  if (kind == nullptr) columns.push_back({.header = std::string(word(Word::kAction, locale))});
  for (Column& column :
       columns_of({Word::kEnterIn, Word::kHouseholdNo, Word::kRecord, Word::kNames}, locale))
    columns.push_back(std::move(column));
  if (ledger.revealed) columns.push_back({.header = std::string(word(Word::kIdNumber, locale))});
  if (values) {
    for (Column& column :
         columns_of({Word::kField, Word::kValueNow, Word::kValueOther, Word::kOtherSource}, locale))
      columns.push_back(std::move(column));
  }
  for (Column& column : columns_of({Word::kProblem, Word::kGrounds, Word::kFlagId}, locale))
    columns.push_back(std::move(column));
  columns.push_back({.header = std::string(word(Word::kEnteredValue, locale)), .width = 16});
  columns.push_back({.header = std::string(word(Word::kEnteredBy, locale)), .width = 14});

  Sheet sheet{.name = std::string(word(name, locale)),
              .file = std::move(file),
              .title = flag_sheet_title(ledger, name, locale),
              .blocks = {},
              .frozen_columns = 3};
  const bool suggested = kind == nullptr;
  sheet.blocks.push_back(
      {.title = {},
       .columns = std::move(columns),
       .rows = rows.size(),
       .fill = [&ledger, rows = std::move(rows), values, suggested, locale](
                   std::size_t row, std::vector<Cell>& cells) {
         const Adjustment& a = ledger.adjustments[rows[row]];
         const LedgerFlag& flag = ledger.flags[a.flag];
         cells = {count_cell(row + 1), text_cell(flag.township), text_cell(flag.village)};
         if (suggested) cells.push_back(text_cell(std::string(word(kind_word(a.kind), locale))));
         cells.push_back(text_cell(a.source));
         cells.push_back(text_cell(flag.household));
         cells.push_back(text_cell(a.record));
         cells.push_back(text_cell(a.who));
         if (ledger.revealed) cells.push_back(text_cell(flag.id_number));
         if (values) {
           cells.push_back(text_cell(a.field));
           cells.push_back({.text = a.now, .style = CellStyle::kDiffers});
           cells.push_back({.text = a.other, .style = CellStyle::kDiffers});
           cells.push_back(text_cell(a.other_source));
         }
         cells.push_back(text_cell(flag.title));
         cells.push_back(text_cell(a.grounds));
         cells.push_back(text_cell(flag.flag_id));
         for (int i = 0; i < 2; ++i) cells.push_back({.text = {}, .style = CellStyle::kToFill});
       }});
  return sheet;
}

}  // namespace

std::vector<Sheet> adjustment_sheets(const FlagLedger& ledger, Locale locale) {
  std::vector<Sheet> sheets;
  const auto rows = [&](auto wanted) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < ledger.adjustments.size(); ++i) {
      if (wanted(ledger.adjustments[i])) found.push_back(i);
    }
    return found;
  };
  for (const List& list : kLists) {
    sheets.push_back(list_of(ledger, list.name, list.file, rows([&](const Adjustment& a) {
                               return !a.suggested && a.kind == list.kind;
                             }),
                             &list.kind, locale));
  }
  sheets.push_back(list_of(ledger, Word::kSuggestionList, "suggestions",
                           rows([](const Adjustment& a) { return a.suggested; }), nullptr, locale));
  sheets.back().title += "  " + std::string(word(Word::kSuggestionHint, locale));
  return sheets;
}

}  // namespace bidui::connectors::report
