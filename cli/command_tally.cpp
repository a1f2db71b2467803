// bidui tally: one list counted by groups, and against reported totals.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/export_note.h"
#include "cli/list_options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "connectors/delimited/csv_writer.h"
#include "workspace/list_counts.h"
#include "workspace/reconcile_words.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::ListCount;
using workspace::ListCounts;

std::string given(const std::string& text) {
  return text.empty() ? std::string(say("（未写明）", "(not given)")) : text;
}

std::string difference(std::uint64_t own, const std::optional<std::uint64_t>& reported) {
  if (!reported) return "—";
  if (own == *reported) return "0";
  return own > *reported ? "+" + grouped(own - *reported) : "-" + grouped(*reported - own);
}

// The table as rows of cells, titles first; for the terminal and CSV alike.
std::vector<std::vector<std::string>> table_of(const ListCounts& counts, bool plain) {
  const auto number = [&](std::uint64_t n) { return plain ? std::to_string(n) : grouped(n); };
  const bool village = counts.by == "village";
  const bool items = counts.all.reported_items.has_value();
  const bool members = counts.all.reported_members.has_value();
  std::vector<std::vector<std::string>> rows(1);
  if (village) rows[0].emplace_back(say("乡镇", "township"));
  rows[0].push_back(workspace::grouping_title(counts.by, chinese()));
  if (counts.households) rows[0].emplace_back(say("户数", "households"));
  rows[0].emplace_back(counts.households ? say("人数", "persons") : say("行数", "rows"));
  if (items) {
    rows[0].emplace_back(say("上报户数", "reported households"));
    rows[0].emplace_back(say("户数相差", "difference"));
  }
  if (members) {
    rows[0].emplace_back(say("上报人数", "reported persons"));
    rows[0].emplace_back(say("人数相差", "difference"));
  }
  for (const std::string& value : counts.across) rows[0].push_back(given(value));
  const auto add = [&](const std::string& name, const ListCount& count) {
    std::vector<std::string> cells;
    if (village) cells.push_back(count.township);
    cells.push_back(name);
    if (counts.households) cells.push_back(number(count.items));
    cells.push_back(number(count.members));
    if (items) {
      cells.push_back(count.reported_items ? number(*count.reported_items) : "—");
      cells.push_back(difference(count.items, count.reported_items));
    }
    if (members) {
      cells.push_back(count.reported_members ? number(*count.reported_members) : "—");
      cells.push_back(difference(count.members, count.reported_members));
    }
    for (const std::uint64_t n : count.across) cells.push_back(number(n));
    rows.push_back(std::move(cells));
  };
  for (const ListCount& count : counts.groups) add(given(count.group), count);
  add(std::string(say("合计", "total")), counts.all);
  return rows;
}

std::string text_of(const ListCounts& counts) {
  const auto rows = table_of(counts, false);
  const std::size_t names = counts.by == "village" ? 2 : 1;
  std::vector<Table::Column> columns;
  for (std::size_t c = 0; c < rows[0].size(); ++c)
    columns.push_back({.title = rows[0][c], .align = c < names ? Align::kLeft : Align::kRight});
  Table table(std::move(columns), 2);
  for (std::size_t r = 1; r < rows.size(); ++r) table.add(rows[r]);
  std::string text =
      fmt::format("{}   {} {}   {} {}{}\n", chinese() ? counts.title : counts.instance,
                  say("截止", "as of"), counts.as_of, say("依据比对", "run"), counts.run,
                  counts.across_title.empty()
                      ? ""
                      : "   " + std::string(say("列：", "columns: ")) + counts.across_title +
                            (counts.households ? std::string(say("（户）", "")) : std::string()));
  text += table.text();
  if (!counts.unknown_places.empty())
    text += wrapped(std::string(say("名单里没有的地方：", "places that the list does not have: ")) +
                        joined(counts.unknown_places),
                    2);
  return text;
}

json::object count_json(const ListCounts& counts, const ListCount& count) {
  json::object object{{"group", count.group}, {"rows", count.members}};
  if (!count.township.empty()) object["township"] = count.township;
  if (counts.households) object["households"] = count.items;
  if (count.reported_items) object["reported_households"] = *count.reported_items;
  if (count.reported_members) object["reported_persons"] = *count.reported_members;
  json::object across;
  for (std::size_t a = 0; a < counts.across.size(); ++a) across[counts.across[a]] = count.across[a];
  if (!counts.across.empty()) object["across"] = across;
  return object;
}

std::string json_of(const ListCounts& counts) {
  json::array groups;
  for (const ListCount& count : counts.groups) groups.push_back(count_json(counts, count));
  return json::serialize(json::object{
      {"run", counts.run},
      {"source", counts.instance},
      {"as_of", counts.as_of},
      {"by", counts.by},
      {"groups", groups},
      {"all", count_json(counts, counts.all)},
      {"unknown_places", json::array(counts.unknown_places.begin(), counts.unknown_places.end())}});
}

Status write_csv(const ListCounts& counts, const std::string& file) {
  auto csv = connectors::CsvWriter::create(file, {.bom = true, .crlf = true});
  BIDUI_TRY(csv);
  const auto rows = table_of(counts, true);
  const std::size_t names = counts.by == "village" ? 2 : 1;
  for (const std::vector<std::string>& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool is_text = c < names || &row == &rows.front();
      is_text ? csv->text(row[c]) : csv->plain(row[c]);
    }
    csv->end_row();
  }
  return csv->close();
}

CommandLine command_line() {
  CommandLine line{
      .usage =
          "bidui tally -w DIR SOURCE [--by township|village|kind|since|village_kind|FIELD] "
          "[--across FIELD]\n"
          "      [--reported FILE] [--villages FILE] [--only FIELD=VALUE]"};
  add_workspace_options(line);
  add_text_option(line, "by", "WORD", "township",
                  say("分组：township 乡镇，village 村，kind 类别，since 年度，village_kind "
                      "贫困村与非贫困村，或一个字段",
                      "group by township, village, kind, since, village_kind, or a field"));
  add_text_option(line, "across", "FIELD", "",
                  say("再按一个字段分列，如 cause 致贫原因", "a field whose values are columns"));
  add_text_option(line, "unit", "WORD", "household",
                  say("按户（household）或按行（record）计", "households, or records"));
  add_text_option(
      line, "reported", "FILE", "",
      say("上报数表（村或乡镇，户数、人数），与名单相比；用 --by village 或 township",
          "a table of reported totals (village or township, households, persons) to compare"));
  add_text_option(line, "villages", "FILE", "",
                  say("各村类别表（村，类别），用于 --by village_kind",
                      "a table of the villages' kinds (village, kind)"));
  add_repeated_option(line, "only", "FIELD=VALUE",
                      say("只算字段为此值的行，可写多次", "only rows with this value"));
  add_text_option(line, "run", "RUN", "",
                  say("依据哪次比对，默认最近一次", "the run, by default the newest"));
  add_text_option(line, "out", "FILE", "", say("另写成 CSV 文件", "write a CSV file too"));
  add_json_option(line);
  add_arguments(line, "words");
  return line;
}

}  // namespace

int run_tally(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto lists = (*values)["words"].as<std::vector<std::string>>();
  const auto only = row_filters(repeated(*values, "only"));
  if (lists.size() != 1 || !only)
    return wrong_usage(line, say("请给出一个来源；--only 写作 字段=值",
                                 "name one source; --only is written FIELD=VALUE"));
  workspace::CountOptions options{
      .run = text_value(*values, "run"),
      .list = {.instance = lists[0],
               .unit = text_value(*values, "unit") == "record" ? workspace::ListUnit::kRecord
                                                               : workspace::ListUnit::kHousehold,
               .only = *only},
      .by = text_value(*values, "by"),
      .across = text_value(*values, "across")};
  if (const std::string& file = text_value(*values, "villages"); !file.empty()) {
    auto villages = workspace::VillageKinds::read(file);
    if (!villages) return fail(villages.error());
    options.village_kinds = std::move(*villages);
  }
  if (const std::string& file = text_value(*values, "reported"); !file.empty()) {
    if (options.by != "village" && options.by != "township")
      return wrong_usage(line, say("--reported 须与 --by village 或 township 合用",
                                   "--reported needs --by village or township"));
    auto reported = workspace::read_reported_totals(file);
    if (!reported) return fail(reported.error());
    options.reported = std::move(*reported);
  }
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto counts = workspace::count_list(*workspace, options);
  if (!counts) return fail(counts.error());
  if (const std::string& file = text_value(*values, "out"); !file.empty()) {
    if (const Status written = write_csv(*counts, file); !written) return fail(written.error());
    status = note_export(*workspace, file, {.kind = "tally", .run = counts->run});
    if (status != kDone) return status;
  }
  fmt::print(output(), "{}",
             values->count("json") != 0 ? json_of(*counts) + "\n" : text_of(*counts));
  return kDone;
}

}  // namespace bidui::cli
