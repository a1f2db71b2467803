// The sheets that count: 汇总 and 乡镇 × 规则.
#include <fmt/format.h>
#include <utility>

#include "connectors/report/ledger.h"

namespace bidui::connectors::report {
namespace {

using Fill = std::function<void(std::size_t, std::vector<Cell>&)>;

std::vector<Column> columns_of(std::initializer_list<Word> words, Locale locale) {
  std::vector<Column> columns;
  for (const Word which : words) columns.push_back({.header = std::string(word(which, locale))});
  return columns;
}

void append_rate(const RateEstimate& rate, std::vector<Cell>& cells) {
  for (const std::optional<double>& share : {rate.value, rate.low, rate.high})
    cells.push_back(percent_cell(share));
}

Block run_block(const ReportData& data, const Tally& counts, Locale locale) {
  std::vector<std::pair<Word, Cell>> items = {
      {Word::kCounty, text_cell(data.county_name + " " + data.county_division)},
      {Word::kRun, text_cell(data.run_id)},
      {Word::kEvaluationDate, text_cell(data.evaluation_date)},
      {Word::kProgramVersion, text_cell(data.program_version)},
      {Word::kCurrent, count_cell(counts.current)},
      {Word::kHighFlags, count_cell(counts.by_severity[0])},
      {Word::kAffectedHouseholds, count_cell(counts.households)},
      {Word::kNewFlags, count_cell(counts.by_status[0])},
      {Word::kGoneFlags, count_cell(counts.by_status[static_cast<std::size_t>(FlagStatus::kGone)])},
      {Word::kPossibleLinks, count_cell(data.possible_count())}};
  const std::size_t rows = items.size();
  return {.title = std::string(word(Word::kSummary, locale)),
          .columns = columns_of({Word::kItem, Word::kValue}, locale),
          .rows = rows,
          .fill = [items = std::move(items), locale](std::size_t row, std::vector<Cell>& cells) {
            cells = {text_cell(std::string(word(items[row].first, locale))), items[row].second};
          }};
}

Block source_block(const ReportData& data, Locale locale) {
  return {.title = std::string(word(Word::kSources, locale)),
          .columns = columns_of({Word::kSource, Word::kRuleTitle, Word::kAsOf, Word::kRead,
                                 Word::kLoaded, Word::kRejected, Word::kSkipped, Word::kLoadedRate,
                                 Word::kEncoding, Word::kCoverage, Word::kFiles},
                                locale),
          .rows = data.sources.size(),
          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
            const SourceRow& source = data.sources[row];
            std::optional<double> share;
            if (source.loaded + source.rejected > 0) {
              share = static_cast<double>(source.loaded) /
                      static_cast<double>(source.loaded + source.rejected);
            }
            cells = {
                text_cell(source.source),   text_cell(source.title),   text_cell(source.as_of),
                count_cell(source.read),    count_cell(source.loaded), count_cell(source.rejected),
                count_cell(source.skipped), percent_cell(share),       text_cell(source.encoding),
                text_cell(source.coverage), text_cell(source.files)};
          }};
}

Block link_block(const ReportData& data, Locale locale) {
  return {.title = std::string(word(Word::kLinks, locale)),
          .columns = columns_of(
              {Word::kLeft, Word::kRight, Word::kRecords, Word::kLinkedL3, Word::kLinkedL2,
               Word::kPossibleL1, Word::kUnlinked, Word::kLinkRate, Word::kFalseRate, Word::kLow95,
               Word::kHigh95, Word::kMissedRate, Word::kLow95, Word::kHigh95, Word::kNote},
              locale),
          .rows = data.links.size(),
          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
            const LinkRow& link = data.links[row];
            cells = {text_cell(std::string(source_title(data, link.left_source))),
                     text_cell(std::string(source_title(data, link.right_source))),
                     count_cell(link.records),
                     count_cell(link.linked_l3),
                     count_cell(link.linked_l2),
                     count_cell(link.possible),
                     count_cell(link.unlinked),
                     percent_cell(link_rate(link))};
            append_rate(link.false_rate, cells);
            append_rate(link.missed_rate, cells);
            cells.push_back(text_cell(link.note));
          }};
}

Block error_block(const ReportData& data, Locale locale) {
  return {.title = fmt::format("{}：{}", word(Word::kLinkageErrors, locale), data.errors.basis),
          .columns = columns_of({Word::kDimension, Word::kGroup, Word::kRecords, Word::kLinkRate,
                                 Word::kUnlinkable, Word::kLinks, Word::kFalseRate, Word::kLow95,
                                 Word::kHigh95, Word::kMissedRate, Word::kLow95, Word::kHigh95},
                                locale),
          .rows = data.errors.rows.size(),
          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
            const ErrorRow& group = data.errors.rows[row];
            std::optional<double> linked;
            if (group.records > 0)
              linked = static_cast<double>(group.linked) / static_cast<double>(group.records);
            cells = {text_cell(group.dimension),   text_cell(group.group),
                     count_cell(group.records),    percent_cell(linked),
                     count_cell(group.unlinkable), count_cell(group.links)};
            append_rate(group.false_rate, cells);
            append_rate(group.missed_rate, cells);
          }};
}

Block key_block(const ReportData& data, Locale locale) {
  return {.title = std::string(word(Word::kFuzzyKeys, locale)),
          .columns = columns_of({Word::kKeyKind, Word::kCount, Word::kRefinedKeys, Word::kCutKeys},
                                locale),
          .rows = data.errors.keys.size(),
          .fill = [&data, locale](std::size_t row, std::vector<Cell>& cells) {
            const KeyRow& key = data.errors.keys[row];
            cells = {text_cell(key_words(key, locale)), count_cell(key.keys),
                     count_cell(key.refined), count_cell(key.cut)};
          }};
}

// Counts of a rule that was not evaluated are dashes, not zeros.
void fill_rule(const RuleRow& rule, const RuleTally& counts, Locale locale,
               std::vector<Cell>& cells) {
  const bool counted = rule.not_evaluated.empty() || !counts.flags.empty();
  const auto count = [&](std::uint64_t number) {
    return counted ? count_cell(number) : text_cell("—");
  };
  cells = {text_cell(rule.id),
           {.text = rule_sheet_name(rule), .style = counted ? CellStyle::kSheet : CellStyle::kText},
           severity_cell(rule.severity, locale),
           count(counts.current)};
  for (const std::uint64_t number : counts.by_status) cells.push_back(count(number));
  cells.push_back(text_cell(rule.not_evaluated));
}

Block rule_block(const Tally& counts, Locale locale) {
  return {.title = std::string(word(Word::kRules, locale)),
          .columns = columns_of(
              {Word::kRule, Word::kRuleTitle, Word::kSeverity, Word::kCurrent, Word::kNew,
               Word::kSame, Word::kChanged, Word::kGone, Word::kReopened, Word::kNotEvaluated},
              locale),
          .rows = counts.rules.size(),
          .fill = [&counts, locale](std::size_t row, std::vector<Cell>& cells) {
            fill_rule(counts.rules[row], counts.by_rule[row], locale, cells);
          }};
}

Block reject_block(const Tally& counts, const ReportData& data, Locale locale) {
  return {.title = std::string(word(Word::kRejectsByReason, locale)),
          .columns = columns_of({Word::kSource, Word::kReason, Word::kCount}, locale),
          .rows = counts.rejects.size(),
          .fill = [&counts, &data](std::size_t row, std::vector<Cell>& cells) {
            const ReasonTally& reason = counts.rejects[row];
            cells = {text_cell(std::string(source_title(data, reason.source))),
                     text_cell(reason.reason), count_cell(reason.count)};
          }};
}

Block repair_block(const ReportData& data, Locale locale) {
  return {.title = std::string(word(Word::kRepairs, locale)),
          .columns = columns_of({Word::kSource, Word::kRepair, Word::kCount}, locale),
          .rows = data.repairs.size(),
          .fill = [&data](std::size_t row, std::vector<Cell>& cells) {
            const RepairRow& repair = data.repairs[row];
            cells = {text_cell(std::string(source_title(data, repair.source))),
                     text_cell(repair.repair), count_cell(repair.count)};
          }};
}

std::string place_name(const std::string& name, Locale locale) {
  return name.empty() ? std::string(word(Word::kUnknownPlace, locale)) : name;
}

Block township_block(const Tally& counts, Locale locale) {
  std::vector<Column> columns =
      columns_of({Word::kTownship, Word::kHouseholds, Word::kTotal}, locale);
  // A rule that was not evaluated has no column: its zeros would read as "nothing found".
  std::vector<std::size_t> rules;
  for (std::size_t i = 0; i < counts.rules.size(); ++i) {
    if (!counts.rules[i].not_evaluated.empty() && counts.by_rule[i].current == 0) continue;
    rules.push_back(i);
    columns.push_back({.header = rule_sheet_name(counts.rules[i]), .width = 12, .heat = true});
  }
  return {.title = std::string(word(Word::kPlaces, locale)),
          .columns = std::move(columns),
          .rows = counts.towns.size(),
          .fill = [&counts, rules = std::move(rules), locale](std::size_t row,
                                                              std::vector<Cell>& cells) {
            const TownshipTally& town = counts.towns[row];
            cells = {text_cell(place_name(town.name, locale)),
                     town.households == 0 ? Cell{} : count_cell(town.households),
                     count_cell(town.total)};
            for (const std::size_t rule : rules) cells.push_back(count_cell(town.by_rule[rule]));
          }};
}

Block village_block(const Tally& counts, Locale locale) {
  return {.title = std::string(word(Word::kVillage, locale)),
          .columns = columns_of({Word::kTownship, Word::kVillage, Word::kTotal, Word::kHigh,
                                 Word::kMedium, Word::kLow, Word::kInfo},
                                locale),
          .rows = counts.villages.size(),
          .fill = [&counts](std::size_t row, std::vector<Cell>& cells) {
            const VillageTally& village = counts.villages[row];
            cells = {text_cell(village.township), text_cell(village.village),
                     count_cell(village.total)};
            for (const std::uint64_t count : village.by_severity) {
              cells.push_back(count_cell(count));
            }
          }};
}

}  // namespace

Sheet summary_sheet(const ReportData& data, const Tally& counts, Locale locale) {
  return {.name = std::string(word(Word::kSummary, locale)),
          .file = "summary",
          .title = fmt::format("{} {}", data.county_name, word(Word::kLedgerTitle, locale)),
          .blocks = {run_block(data, counts, locale), source_block(data, locale),
                     link_block(data, locale), rule_block(counts, locale),
                     reject_block(counts, data, locale), repair_block(data, locale),
                     error_block(data, locale), key_block(data, locale)},
          .frozen_columns = 0};
}

Sheet place_sheet(const ReportData& data, const Tally& counts, Locale locale) {
  return {.name = std::string(word(Word::kPlaces, locale)),
          .file = "places",
          .title = fmt::format("{} {}", data.county_name, word(Word::kPlaces, locale)),
          .blocks = {township_block(counts, locale), village_block(counts, locale)},
          .frozen_columns = 0};
}

}  // namespace bidui::connectors::report
