#include "cli/table_notes_text.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/table.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using connectors::EncodingChange;
using connectors::LeftOut;
using connectors::Occurrences;
using connectors::TableNotes;

std::string changes_text(const TableNotes& notes) {
  constexpr std::size_t kShown = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(kShown, notes.encoding_changes.size()); ++i) {
    const EncodingChange& change = notes.encoding_changes[i];
    list += list.empty() ? "" : say("，", ", ");
    list += fmt::format(fmt::runtime(say("第 {} 行起 {}", "from row {} on {}")), change.row,
                        connectors::encoding_name(change.encoding));
  }
  if (notes.encoding_change_count > kShown)
    list +=
        fmt::format(fmt::runtime(say("……共 {} 处", "… {} in all")), notes.encoding_change_count);
  return fmt::format("{}{}",
                     say("注意：文件中途改变编码，已分别解码：",
                         "look: the encoding changes in mid-file, each part was read in its "
                         "own: "),
                     list);
}

std::string columns_text(const std::vector<std::string>& columns) {
  constexpr std::size_t kShown = 8;
  std::string list;
  for (std::size_t i = 0; i < std::min(kShown, columns.size()); ++i) {
    std::string column = columns[i];
    std::erase(column, '\n');
    list += list.empty() ? "" : say("、", ", ");
    list += column;
  }
  if (columns.size() > kShown)
    list += fmt::format(fmt::runtime(say("……共 {} 列", "… {} in all")), columns.size());
  return fmt::format("{}{}", say("隐藏的列（已读入）：", "hidden columns (read): "), list);
}

std::string occurrences_text(std::string_view what, const Occurrences& found) {
  return fmt::format(fmt::runtime(say("{} {}（首见第 {} 行）", "{} {} (first in row {})")), what,
                     grouped(found.count), found.first_row);
}

json::object occurrences_json(const Occurrences& found) {
  return {{"count", found.count}, {"first_row", found.first_row}};
}

}  // namespace

std::string_view table_files_note() {
  return say(
      "文件按内容识别，与扩展名无关：文本（UTF-8、GB18030、UTF-16）、xlsx（有表头的每个工作表）、\n"
      "名为 xls 的网页表格或文本，以及它们的 zip 或 gz。旧格式 xls 和加密的工作簿请先另存为 xlsx。",
      "Files are told by their content: text (UTF-8, GB18030, UTF-16), xlsx (every sheet with a "
      "header),\nHTML or text named xls, and zip or gz of these. Save an old xls or a protected "
      "workbook as xlsx first.");
}

std::string table_notes_text(const TableNotes& notes, std::string_view indent) {
  std::string text;
  const auto add = [&](const std::string& line) { text += fmt::format("{}{}\n", indent, line); };
  const auto add_found = [&](std::string_view what, const Occurrences& found) {
    if (found.count != 0) add(occurrences_text(what, found));
  };
  if (notes.encoding_change_count != 0) add(changes_text(notes));
  add_found(say("隐藏的行（已读入）：", "hidden rows (read):"), notes.hidden_rows);
  if (!notes.hidden_columns.empty()) add(columns_text(notes.hidden_columns));
  add_found(say("公式出错的单元格（如 #N/A，当作空白）：",
                "cells with a formula error (such as #N/A, taken as blank):"),
            notes.formula_errors);
  add_found(
      say("注意：公式没有计算结果的单元格（当作空白；请在 WPS 或 Excel 中打开并保存后再导入）：",
          "look: cells whose formula was never computed (taken as blank; open and save the "
          "file in WPS or Excel, then import it):"),
      notes.formulas_unknown);
  add_found(say("注意：表格右侧无表头处的单元格，没有读入：",
                "look: cells to the right of the table, under no header, were not read:"),
            notes.cells_outside);
  return text;
}

std::string left_out_text(std::span<const LeftOut> left_out) {
  if (left_out.empty()) return "";
  std::string text = fmt::format("{}\n", say("没有读入的工作表或文件（请核对）：",
                                             "sheets or files not read (please check):"));
  for (const LeftOut& table : left_out) {
    const Error& reason = table.reason;
    text += fmt::format(
        "  {}{}{}\n", table.name, say("：", ": "),
        say(reason.message_zh.empty() ? reason.message : reason.message_zh, reason.message));
  }
  return text;
}

json::object table_notes_json(const TableNotes& notes) {
  json::array changes;
  for (const EncodingChange& change : notes.encoding_changes)
    changes.push_back(json::object{{"row", change.row},
                                   {"encoding", connectors::encoding_name(change.encoding)}});
  return {{"encoding_changes", std::move(changes)},
          {"encoding_change_count", notes.encoding_change_count},
          {"hidden_rows", occurrences_json(notes.hidden_rows)},
          {"hidden_columns", json::array(notes.hidden_columns.begin(), notes.hidden_columns.end())},
          {"formula_errors", occurrences_json(notes.formula_errors)},
          {"formulas_unknown", occurrences_json(notes.formulas_unknown)},
          {"cells_outside", occurrences_json(notes.cells_outside)}};
}

json::array left_out_json(std::span<const LeftOut> left_out) {
  json::array list;
  for (const LeftOut& table : left_out)
    list.push_back(json::object{{"name", table.name},
                                {"reason", table.reason.message},
                                {"reason_zh", table.reason.message_zh}});
  return list;
}

}  // namespace bidui::cli
