#include "cli/quality_text.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/table.h"
#include "connectors/report/html_text.h"

namespace bidui::cli {
namespace {

using namespace connectors::report;

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

std::string rows_and_share(std::uint64_t part, std::uint64_t all) {
  return fmt::format("{} ({})", grouped(part), percent(share_of(part, all)));
}

void add_line(Table& table, std::string_view title, std::string text) {
  table.add({std::string(title), std::move(text)});
}

std::string rows_text(const QualityReport& report) {
  return fmt::format("{} {} = {} {} + {} {} + {} {}", say("读取", "read"), grouped(report.read),
                     say("导入", "loaded"), grouped(report.loaded), say("退回", "rejected"),
                     grouped(report.rejected), say("跳过", "skipped"), grouped(report.skipped));
}

std::string reasons_text(const std::vector<QualityReason>& reasons) {
  std::vector<std::string> parts;
  for (const QualityReason& reason : reasons)
    parts.push_back(
        fmt::format("{} {}", say(reason.title.zh, reason.title.en), grouped(reason.rows)));
  return joined(parts);
}

std::string numbers_text(const QualityReport& report) {
  const std::uint64_t good = report.ids_valid + report.ids_unverified;
  const std::uint64_t filled = good + report.ids_invalid + report.ids_cut;
  std::vector<std::string> parts = {
      fmt::format("{} {}", say("有效", "valid"), rows_and_share(good, filled)),
      fmt::format("{} {}", say("无效", "invalid"), grouped(report.ids_invalid)),
      fmt::format("{} {}", say("被截断", "cut off"), grouped(report.ids_cut)),
      fmt::format("{} {}", say("空缺", "missing"), grouped(report.ids_missing))};
  return joined(parts);
}

std::string repeated_text(const QualityReport& report) {
  std::vector<std::string> parts = {
      fmt::format("{} {}", say("同一主键", "same key"), grouped(report.keys_repeated))};
  if (report.keys_missing != 0)
    parts.push_back(fmt::format("{} {}", say("无主键", "no key"), grouped(report.keys_missing)));
  if (report.has_numbers) {
    parts.push_back(fmt::format(
        "{} {}{}", say("同一证件号", "same ID number"), grouped(report.numbers_repeated),
        report.person_once ? ""
                           : say("（这个来源一人可有多行）", " (a person may have several rows)")));
  }
  return joined(parts);
}

std::string places_text(const QualityReport& report) {
  const auto townships = static_cast<std::uint64_t>(
      std::ranges::count_if(report.places, [](const QualityPlace& p) { return p.rows > 0; }));
  return chinese()
             ? fmt::format("{} 个乡镇，{} 个村；认不出乡镇 {} 行，不在 {} 内 {} 行",
                           grouped(townships), grouped(report.villages), grouped(report.unplaced),
                           report.coverage, grouped(report.outside))
             : fmt::format("{} townships, {} villages; {} rows unplaced, {} outside {}",
                           grouped(townships), grouped(report.villages), grouped(report.unplaced),
                           grouped(report.outside), report.coverage);
}

std::string before_text(const QualityBefore& before) {
  const std::string_view about = before.estimated ? say("约 ", "about ") : "";
  std::vector<std::string> parts = {
      fmt::format("{} {}", grouped(before.rows), say("行", "rows")),
      fmt::format("{} {}", say("新增", "added"), rows_and_share(before.added, before.rows)),
      fmt::format("{} {}", say("不见", "gone"), rows_and_share(before.gone, before.rows)),
      fmt::format("{} {}{}", say("内容不同", "changed"), about,
                  rows_and_share(before.changed, before.rows))};
  if (before.rewritten != 0)
    parts.push_back(fmt::format("{} {}{}", say("只是写法不同", "written otherwise"), about,
                                grouped(before.rewritten)));
  return joined(parts);
}

std::string findings_text(const QualityReport& report) {
  if (report.findings.empty())
    return fmt::format("  {}\n", say("各项都在界限之内", "everything is within the limits"));
  std::string text;
  for (const QualityFinding& finding : report.findings)
    text += wrapped(
        fmt::format("{} {}", finding.beyond ? "!" : "·", say(finding.text.zh, finding.text.en)), 2);
  return text;
}

std::string fields_table(const QualityReport& report) {
  std::vector<Table::Column> columns = {{say("字段", "field")},
                                        {say("填写率", "filled"), Align::kRight},
                                        {say("读不成", "unreadable"), Align::kRight, true}};
  if (report.before) {
    columns.push_back({say("上一批填写率", "before"), Align::kRight});
    columns.push_back({say("改动的行", "changed"), Align::kRight, true});
    columns.push_back({say("写法不同", "rewritten"), Align::kRight, true});
    columns.push_back({"PSI", Align::kRight});
  }
  Table table(std::move(columns), 2);
  for (const QualityField& field : report.fields) {
    if (field.filled == 0 && field.filled_before.value_or(0) == 0) continue;
    std::vector<std::string> cells = {
        (field.told ? "! " : "") + std::string(say(field.title, field.id)),
        percent(share_of(field.filled, report.loaded), 1), grouped(field.unreadable)};
    if (report.before) {
      cells.push_back(percent(field.filled_before.value_or(0), 1));
      cells.push_back(grouped(field.changed));
      cells.push_back(grouped(field.rewritten));
      cells.push_back(field.index ? fmt::format("{:.3f}", *field.index) : "");
    }
    table.add(std::move(cells));
  }
  return table.text();
}

std::string places_table(const QualityReport& report) {
  std::vector<Table::Column> columns = {
      {say("乡镇", "township")}, {say("代码", "code")}, {say("行数", "rows"), Align::kRight}};
  if (report.before) columns.push_back({say("上一批", "before"), Align::kRight});
  Table table(std::move(columns), 2);
  for (const QualityPlace& place : report.places) {
    std::vector<std::string> cells = {place.name, std::to_string(place.code), grouped(place.rows)};
    if (report.before) cells.push_back(grouped(place.before.value_or(0)));
    table.add(std::move(cells));
  }
  return table.empty() ? "" : table.text();
}

}  // namespace

std::string quality_summary(const QualityReport& report) {
  Table table({{""}, {""}}, 2);
  if (report.has_numbers) add_line(table, say("证件号", "ID numbers"), numbers_text(report));
  add_line(table, say("姓名", "names"),
           fmt::format("{} {}", say("缺字", "lack a character"),
                       rows_and_share(report.names_damaged, report.names)));
  add_line(table, say("重复", "repeated"), repeated_text(report));
  add_line(table, say("覆盖", "coverage"), places_text(report));
  if (report.before)
    add_line(table, fmt::format("{} {}", say("上一批", "before"), report.before->as_of),
             before_text(*report.before));
  return fmt::format("{}\n{}{}", say("质量：", "quality:"), table.text(), findings_text(report));
}

std::string quality_text(const QualityReport& report) {
  std::string text = fmt::format("{}  {}\n", report.name, say(report.title.zh, report.title.en));
  if (report.held)
    text += fmt::format("{}\n", say("待定：尚未计入，比对和查询都看不到它",
                                    "held: it does not count yet, nothing sees it"));
  text += fmt::format("  {}\n", rows_text(report));
  for (const auto* const reasons : {&report.reject_reasons, &report.skip_reasons}) {
    if (reasons->empty()) continue;
    text += fmt::format("    {}{}\n",
                        reasons == &report.reject_reasons ? say("退回：", "rejected: ")
                                                          : say("跳过：", "skipped: "),
                        reasons_text(*reasons));
  }
  text += quality_summary(report);
  text += fmt::format("{}\n{}", say("字段：", "fields:"), fields_table(report));
  const std::string places = places_table(report);
  if (!places.empty()) text += fmt::format("{}\n{}", say("乡镇：", "townships:"), places);
  return text;
}

}  // namespace bidui::cli
