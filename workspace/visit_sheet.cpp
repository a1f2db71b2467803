#include "workspace/visit_sheet.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "connectors/delimited/csv_writer.h"
#include "connectors/report/xlsx_book.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/content_hash.h"
#include "workspace/filled_table.h"
#include "workspace/record_reader.h"
#include "workspace/record_words.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
namespace report = connectors::report;

// What stands on the sheet of a household, before what is to be filled in.
struct Header {
  std::string_view zh;
  std::string_view en;
};
constexpr std::array<Header, 12> kShown = {{{"样本", "sample"},
                                            {"序号", "number"},
                                            {"登记情况", "status"},
                                            {"乡镇", "township"},
                                            {"村", "village"},
                                            {"组", "group"},
                                            {"户主", "head"},
                                            {"人口", "persons"},
                                            {"成员", "members"},
                                            {"住址", "address"},
                                            {"电话", "phone"},
                                            {"户编号", "household"}}};
constexpr std::array<Header, 4> kToFill = {
    {{"核查结果", "result"}, {"核查日期", "date"}, {"核查人", "visitor"}, {"备注", "note"}}};

using SheetRow = std::array<std::string, kShown.size()>;

struct NumberedRow {
  std::size_t number = 0;  // in the sample, from 0
  SheetRow cells{};
};

const ReadRecord& head_of(const RecordReader& reader, const std::vector<RecordPlace>& places) {
  for (const RecordPlace place : places) {
    const std::string_view relation = reader.at(place).text("relation");
    if (relation == "户主" || relation == "本人" || relation == "本人或户主")
      return reader.at(place);
  }
  return reader.at(places.front());
}

Result<std::vector<RecordPlace>> members_of(RecordReader& reader, const std::string& household) {
  const std::size_t colon = household.find(':');
  const auto source = reader.find_source(std::string_view(household).substr(0, colon));
  if (!source) return std::vector<RecordPlace>{};
  auto places = reader.members(*source, std::string_view(household).substr(colon + 1));
  BIDUI_TRY(places);
  if (!places->empty()) return places;
  const Result<RecordPlace> single = reader.find_record(household);  // a row without a household
  if (single) return std::vector<RecordPlace>{*single};
  if (single.error().code == ErrorCode::kNotFound) return std::vector<RecordPlace>{};
  return single.error();
}

Result<std::vector<NumberedRow>> rows_of(const Workspace& workspace, const VisitSample& sample,
                                         Values values, Locale locale) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  std::vector<NumberedRow> rows;
  for (std::size_t i = 0; i < sample.households.size(); ++i) {
    const VisitedHousehold& household = sample.households[i];
    const auto places = members_of(*reader, household.household);
    BIDUI_TRY(places);
    if (places->empty()) continue;
    const ReadRecord& head = head_of(*reader, *places);
    std::string members;
    for (const RecordPlace place : *places)
      members += std::string(members.empty() ? "" : pick(locale, "、", ", ")) +
                 reader->at(place).shown("name", values);
    std::string address = values == Values::kFull ? std::string(head.text("address")) : "";
    if (address.empty()) address = place_words(head, values);
    rows.push_back(
        {i,
         {sample.id, std::to_string(i + 1),
          std::string(visit_status_title(sample.strata[household.stratum].status,
                                         locale == Locale::kChinese)),
          household.township, household.village, std::string(head.text("group")),
          head.shown("name", values), std::to_string(household.persons), std::move(members),
          std::move(address), head.shown("phone", values), household.household}});
  }
  return rows;
}

std::vector<std::string> titles_of(VisitStatus status, Locale locale) {
  std::vector<std::string> titles;
  for (const VisitOutcome outcome : possible_outcomes(status))
    titles.emplace_back(
        pick(locale, visit_outcome_title(outcome), spaced(visit_outcome_name(outcome))));
  return titles;
}

report::Sheet sheet_of(const VisitSample& sample, VisitStatus status,
                       const std::vector<NumberedRow>& all, Locale locale) {
  std::vector<SheetRow> rows;
  for (const NumberedRow& row : all) {
    if (sample.strata[sample.households[row.number].stratum].status == status)
      rows.push_back(row.cells);
  }
  report::Block block{.title = {}, .columns = {}, .rows = rows.size(), .fill = {}};
  constexpr std::array<double, kShown.size()> kWidths = {7, 6, 11, 10, 10, 6, 9, 5, 24, 24, 12, 26};
  for (std::size_t c = 0; c < kShown.size(); ++c)
    block.columns.push_back(
        {.header = std::string(pick(locale, kShown[c].zh, kShown[c].en)), .width = kWidths[c]});
  for (const Header& title : kToFill)
    block.columns.push_back({.header = std::string(pick(locale, title.zh, title.en)),
                             .width = 12.0,
                             .choices = &title == kToFill.data() ? titles_of(status, locale)
                                                                 : std::vector<std::string>{}});
  block.fill = [rows = std::move(rows)](std::size_t row, std::vector<report::Cell>& cells) {
    cells.clear();
    for (const std::string& text : rows[row]) cells.push_back(report::text_cell(text));
    for (std::size_t c = 0; c < kToFill.size(); ++c)
      cells.push_back({.text = {}, .style = report::CellStyle::kToFill, .number = {}});
  };
  const std::string choices = join(titles_of(status, locale), locale);
  const std::string_view title = visit_status_title(status, locale == Locale::kChinese);
  report::Sheet sheet{
      .name = std::string(title),
      .file = {},
      .title = fmt::format(fmt::runtime(pick(locale, "入户核查表 {}  {}  核查结果填：{}",
                                             "Visits {}  {}  result is one of: {}")),
                           sample.id, title, choices),
      .blocks = {},
      .frozen_columns = 2};
  sheet.blocks.push_back(std::move(block));
  return sheet;
}

Status write_csv(const std::vector<NumberedRow>& rows, const std::filesystem::path& file,
                 Locale locale) {
  auto csv = connectors::CsvWriter::create(file, {.bom = true, .crlf = true});
  BIDUI_TRY(csv);
  for (const Header& title : kShown) csv->plain(pick(locale, title.zh, title.en));
  for (const Header& title : kToFill) csv->plain(pick(locale, title.zh, title.en));
  csv->end_row();
  for (const NumberedRow& row : rows) {
    for (const std::string& cell : row.cells) csv->text(cell);
    for (std::size_t c = 0; c < kToFill.size(); ++c) csv->plain("");
    csv->end_row();
  }
  return csv->close();
}

bool same(const VisitResult& a, const VisitResult& b) {
  return a.outcome == b.outcome && a.on == b.on && a.by == b.by && a.note == b.note;
}

std::string journal_of(const ReadVisits& read, const std::filesystem::path& file,
                       const std::string& hash, const std::string& by,
                       const std::string& recorded) {
  return json::serialize(json::object{{"action", "read"},
                                      {"file", file.filename().string()},
                                      {"content_hash", hash},
                                      {"results", read.results},
                                      {"changed", read.changed},
                                      {"by", by},
                                      {"recorded", recorded}});
}

}  // namespace

Result<std::size_t> export_visits(const Workspace& workspace, const VisitSample& sample,
                                  const std::filesystem::path& file, Values values, Locale locale) {
  const Result<std::vector<NumberedRow>> rows = rows_of(workspace, sample, values, locale);
  BIDUI_TRY(rows);
  if (file.extension() != ".xlsx") {
    BIDUI_TRY(write_csv(*rows, file, locale));
    return rows->size();
  }
  std::vector<report::Sheet> sheets;
  for (std::size_t s = 0; s < kVisitStatuses; ++s)
    sheets.push_back(sheet_of(sample, static_cast<VisitStatus>(s), *rows, locale));
  BIDUI_TRY(report::write_workbook(
      sheets, file,
      {.locale = locale,
       .title = std::string(pick(locale, "入户核查表 ", "Visits ")) + sample.id,
       .date = sample.as_of}));
  return rows->size();
}

Result<ReadVisits> read_visits(Workspace& workspace, const VisitSample& sample,
                               const std::filesystem::path& file, const std::string& by,
                               const std::string& recorded) {
  const std::array<WantedColumn, 6> columns = {
      WantedColumn{.headers = {"样本", "sample"}, .required = true},
      WantedColumn{.headers = {"序号", "number"}, .required = true},
      WantedColumn{.headers = {"核查结果", "result"}, .required = true},
      WantedColumn{.headers = {"核查日期", "date"}},
      WantedColumn{.headers = {"核查人", "visitor"}},
      WantedColumn{.headers = {"备注", "note"}}};
  const Result<FilledTable> table = read_filled_table(file, columns);
  BIDUI_TRY(table);
  Result<VisitResults> kept = load_visit_results(workspace.store(), sample);
  BIDUI_TRY(kept);
  VisitResults found;
  ReadVisits read;
  for (const FilledRow& row : table->rows) {
    if (row.cells[0] != sample.id) return wrong_sample(file, row, sample.id);
    const auto number = count_in(row.cells[1]);
    if (!number || *number == 0 || *number > sample.households.size())
      return bad_row(file, row, "序号不在这个样本里", "序号 is no household of this sample");
    if (row.cells[2].empty()) {
      ++read.blank;
      continue;
    }
    const std::size_t household = *number - 1;
    const VisitStatus status = sample.strata[sample.households[household].stratum].status;
    const auto outcome = parse_visit_outcome(row.cells[2]);
    const std::vector<VisitOutcome> possible = possible_outcomes(status);
    if (!outcome || std::ranges::find(possible, *outcome) == possible.end()) {
      std::string titles;
      for (const VisitOutcome one : possible)
        titles += (titles.empty() ? "" : "、") + std::string(visit_outcome_title(one));
      return bad_row(
          file, row,
          fmt::format("{}户的核查结果只能填：{}", visit_status_title(status, true), titles),
          fmt::format("the result of a household that is {} is one of {}",
                      visit_status_name(status), titles));
    }
    const VisitResult result{*outcome, row.cells[3], row.cells[4], row.cells[5]};
    const auto [at, added] = found.emplace(household, result);
    if (!added && at->second.outcome != result.outcome)
      return bad_row(file, row, "同一户前面已有另一个核查结果",
                     "the household has another result above");
  }
  for (const auto& [household, result] : found) {
    ++read.results;
    const auto before = kept->find(household);
    if (before != kept->end() && same(before->second, result)) continue;
    ++read.changed;
    (*kept)[household] = result;
  }
  ContentHash hash;
  BIDUI_TRY(hash.add_file(file));
  BIDUI_TRY(save_visit_results(workspace.store(), sample, *kept,
                               journal_of(read, file, hash.finish(), by, recorded)));
  return read;
}

}  // namespace bidui::workspace
