#include "connectors/report/ledger.h"

#include <fmt/format.h>

#include "connectors/report/evidence_columns.h"
#include "matcher/flag/disposition_words.h"

namespace bidui::connectors::report {
namespace {

std::string words_of(Word which, Locale locale) { return std::string(word(which, locale)); }

std::string in_words(const flag::Word& word, Locale locale) {
  return std::string(locale == Locale::kChinese ? word.zh : word.en);
}

std::vector<Column> possible_columns(Locale locale) {
  std::vector<Column> columns;
  for (const Word which :
       {Word::kNumber, Word::kTownship, Word::kVillage, Word::kLeftName, Word::kRightName,
        Word::kLeftKey, Word::kRightKey, Word::kWeight, Word::kProbability}) {
    columns.push_back({.header = words_of(which, locale)});
  }
  columns.push_back({.header = words_of(Word::kEvidence, locale), .width = 60});
  columns.push_back({.header = words_of(Word::kSamePerson, locale),
                     .width = 12,
                     .choices = {words_of(Word::kYes, locale), words_of(Word::kNo, locale),
                                 words_of(Word::kOutcomeUnknown, locale)}});
  columns.push_back({.header = words_of(Word::kVisitor, locale), .width = 10});
  return columns;
}

void fill_possible(const PossibleLink& link, std::size_t row, std::vector<Cell>& cells) {
  cells = {count_cell(row + 1),
           text_cell(link.township),
           text_cell(link.village),
           text_cell(link.left_name),
           text_cell(link.right_name),
           text_cell(link.left_source + ':' + link.left_key),
           text_cell(link.right_source + ':' + link.right_key),
           decimal_cell(link.weight_bits),
           percent_cell(link.probability),
           text_cell(evidence_text(link.evidence)),
           {.text = {}, .style = CellStyle::kToFill},
           {.text = {}, .style = CellStyle::kToFill}};
}

Sheet possible_sheet(const ReportData& data, Locale locale) {
  Sheet sheet{.name = words_of(Word::kPossibleLinks, locale),
              .file = "possible",
              .title = fmt::format("{} {}", data.county_name, word(Word::kPossibleLinks, locale)) +
                       possible_cut(data, locale),
              .blocks = {},
              .frozen_columns = 3};
  sheet.blocks.push_back({.title = {},
                          .columns = possible_columns(locale),
                          .rows = data.possible.size(),
                          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
                            fill_possible(data.possible[row], row, cells);
                          }});
  return sheet;
}

// The CSV form is that of contracts §1: file,row,field,reason,value.
Sheet reject_sheet(const ReportData& data, Locale locale) {
  const auto column = [&](Word which, std::string csv_name) {
    return Column{.header = words_of(which, locale), .csv_name = std::move(csv_name)};
  };
  Sheet sheet{.name = words_of(Word::kRejects, locale),
              .file = "rejects",
              .title = fmt::format("{} {}", data.county_name, word(Word::kRejects, locale)),
              .blocks = {},
              .frozen_columns = 0};
  sheet.blocks.push_back({.title = {},
                          .columns = {{.header = words_of(Word::kSource, locale), .in_csv = false},
                                      column(Word::kFile, "file"),
                                      column(Word::kRow, "row"),
                                      column(Word::kField, "field"),
                                      column(Word::kReason, "reason"),
                                      column(Word::kValue, "value")},
                          .rows = data.rejects.size(),
                          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
                            const RejectRow& reject = data.rejects[row];
                            cells = {text_cell(std::string(source_title(data, reject.source))),
                                     text_cell(reject.file),
                                     count_cell(reject.row),
                                     text_cell(reject.field),
                                     text_cell(reject.reason),
                                     text_cell(reject.value)};
                          }});
  return sheet;
}

Sheet definition_sheet(const ReportData& data, const Tally& counts, Locale locale) {
  std::vector<std::string> lines;
  for (const Word which :
       {Word::kFlagHint, Word::kDefSeverity, Word::kDefStatus, Word::kDefLevel, Word::kDefLinkRate,
        Word::kDefRows, Word::kDefCurrent, Word::kDefOutcome, Word::kDefMask}) {
    lines.push_back(words_of(which, locale));
  }
  lines.insert(lines.end(), data.notes.begin(), data.notes.end());
  const std::size_t rows = lines.size();
  Block general{.title = words_of(Word::kDefinitions, locale),
                .columns = {{.header = words_of(Word::kDefinitions, locale), .width = 100}},
                .rows = rows,
                .fill = [lines = std::move(lines)](std::size_t row, std::vector<Cell>& cells) {
                  cells = {text_cell(lines[row])};
                }};
  Block rules{.title = words_of(Word::kRules, locale),
              .columns = {{.header = words_of(Word::kDefinition, locale), .width = 100},
                          {.header = words_of(Word::kRule, locale)},
                          {.header = words_of(Word::kRuleTitle, locale)}},
              .rows = counts.rules.size(),
              .fill = [&counts](std::size_t row, std::vector<Cell>& cells) {
                const RuleRow& rule = counts.rules[row];
                cells = {text_cell(rule.definition), text_cell(rule.id), text_cell(rule.title)};
              }};
  return {.name = words_of(Word::kDefinitions, locale),
          .file = {},
          .title = fmt::format("{} {}", data.county_name, word(Word::kDefinitions, locale)),
          .blocks = {std::move(general), std::move(rules)},
          .frozen_columns = 0};
}

}  // namespace

Cell text_cell(std::string text) { return {.text = std::move(text)}; }

Cell count_cell(std::uint64_t count) {
  return {.text = std::to_string(count),
          .style = CellStyle::kCount,
          .number = static_cast<double>(count)};
}

Cell percent_cell(std::optional<double> share) {
  if (!share) return {};
  return {
      .text = fmt::format("{:.3f}%", *share * 100), .style = CellStyle::kPercent, .number = share};
}

Cell decimal_cell(double value) {
  return {.text = fmt::format("{:.2f}", value), .style = CellStyle::kDecimal, .number = value};
}

Cell severity_cell(Severity severity, Locale locale) {
  constexpr auto kFirst = static_cast<std::uint8_t>(CellStyle::kHigh);
  return {.text = words_of(severity_word(severity), locale),
          .style = static_cast<CellStyle>(kFirst + gravity(severity))};
}

Cell status_cell(FlagStatus status, Locale locale) {
  constexpr auto kFirst = static_cast<std::uint8_t>(CellStyle::kNew);
  return {.text = words_of(status_word(status), locale),
          .style = static_cast<CellStyle>(kFirst + static_cast<std::uint8_t>(status))};
}

std::vector<std::string> outcome_choices(Locale locale) {
  std::vector<std::string> words;
  for (const flag::Outcome o :
       {flag::Outcome::kTrue, flag::Outcome::kFalse, flag::Outcome::kCannotTell})
    words.push_back(in_words(flag::word_of(o), locale));
  return words;
}

std::vector<std::string> reason_choices(Locale locale) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < flag::kReasons; ++i)
    words.push_back(in_words(flag::word_of(static_cast<flag::Reason>(i)), locale));
  return words;
}

std::vector<Sheet> ledger_sheets(const ReportData& data, const Tally& counts, Locale locale) {
  std::vector<Sheet> sheets;
  sheets.push_back(summary_sheet(data, counts, locale));
  sheets.push_back(place_sheet(data, counts, locale));
  for (std::size_t i = 0; i < counts.rules.size(); ++i) {
    if (!counts.rules[i].not_evaluated.empty() && counts.by_rule[i].flags.empty()) continue;
    sheets.push_back(rule_sheet(data, counts.rules[i], counts.by_rule[i], locale));
  }
  sheets.push_back(possible_sheet(data, locale));
  sheets.push_back(reject_sheet(data, locale));
  sheets.push_back(definition_sheet(data, counts, locale));
  return sheets;
}

}  // namespace bidui::connectors::report
