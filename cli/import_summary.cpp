#include "cli/import_summary.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/quality_text.h"
#include "cli/table.h"
#include "cli/table_notes_text.h"

namespace bidui::cli {
namespace {

using connectors::RowCounts;
using workspace::ImportedFile;
using workspace::ImportReport;
using workspace::MappedField;

constexpr std::size_t kRejectsShown = 10;

std::string_view delimiter_title(char delimiter) {
  switch (delimiter) {
    case ',':
      return say("逗号", "comma");
    case '\t':
      return say("制表符", "tab");
    case ';':
      return say("分号", "semicolon");
    case '|':
      return say("竖线", "vertical bar");
    default:
      return say("其他", "other");
  }
}

std::string skip_words(connectors::SkipReason reason) {
  if (chinese()) return std::string(connectors::skip_reason_title(reason));
  std::string words(connectors::skip_reason_name(reason));
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string reject_title(connectors::RejectReason reason) {
  if (chinese()) return std::string(connectors::reject_reason_sentence(reason));
  std::string words(connectors::reject_reason_name(reason));
  std::ranges::replace(words, '_', ' ');
  return words;
}

// "（空行 3，合计 1）"; nothing where no row was skipped.
std::string skipped_reasons(const RowCounts& rows) {
  std::string list;
  for (std::size_t r = 0; r < rows.by_skip_reason.size(); ++r) {
    if (rows.by_skip_reason[r] == 0) continue;
    list += fmt::format("{}{} {}", list.empty() ? "" : say("，", ", "),
                        skip_words(static_cast<connectors::SkipReason>(r)),
                        grouped(rows.by_skip_reason[r]));
  }
  return list.empty() ? list : fmt::format(" ({})", list);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : say("、", ", ")), text += word;
  return text;
}

// A sheet may have thousands of columns.
std::string first_joined(const std::vector<std::string>& words) {
  constexpr std::size_t kShown = 40;
  if (words.size() <= kShown) return joined(words);
  return joined({words.begin(), words.begin() + kShown}) + std::string(say(" 等", ", …"));
}

// Columns that are called what the field is called, in one paragraph; the others as a table.
std::string columns_text(const std::vector<MappedField>& columns) {
  constexpr std::size_t kPerLine = 2;
  Table table(std::vector<Table::Column>(kPerLine, Table::Column{""}), 4);
  std::vector<std::string> cells;
  std::vector<std::string> same;
  for (const MappedField& column : columns) {
    if (chinese() && column.header == column.title) {
      same.push_back(column.header);
      continue;
    }
    const std::string_view field = say(column.title, column.field);
    cells.push_back(column.loose ? fmt::format("{} ≈ {}", column.header, field)
                                 : fmt::format("{} → {}", column.header, field));
    if (cells.size() == kPerLine) table.add(std::exchange(cells, {}));
  }
  if (!cells.empty()) {
    cells.resize(kPerLine);
    table.add(std::move(cells));
  }
  std::string text =
      fmt::format("  {} {}\n", say("识别的列：", "columns recognised:"), columns.size());
  if (!same.empty()) text += wrapped("同名：" + joined(same), 4);
  return text + table.text();
}

// What stands out: columns taken by likeness, one of several taken, units changed.
std::string columns_to_check(const ImportedFile& file) {
  std::string text;
  if (!file.likelier_source.empty()) {
    text +=
        fmt::format(fmt::runtime(say(
                        "    注意：这个文件的列更像“{0}”（{1}）。来源写错的话，比对结果会整个不对；"
                        "请用 --source {1} 重新导入\n",
                        "    look: the columns are rather those of {1}. With a wrong source the "
                        "whole comparison is wrong: import it again with --source {1}\n")),
                    file.likelier_title, file.likelier_source);
  }
  if (std::ranges::any_of(file.columns, &MappedField::loose)) {
    text +=
        fmt::format("    {}\n", say("≈ 仅凭相似认定，请核对", "≈ by likeness only: please check"));
  }
  for (const workspace::AmbiguousField& field : file.ambiguous) {
    text +=
        fmt::format(fmt::runtime(say(
                        "    {}有几列可用：取“{}”，未取“{}”，请核对\n",
                        "    several columns could be {}: taken {}, not taken {}: please check\n")),
                    say(field.title, field.field), field.chosen, joined(field.rejected));
  }
  for (const MappedField& column : file.columns) {
    if (column.zeros == 0) continue;
    text += fmt::format("    {}{} × 1{:0>{}}\n", say("换算成元：", "brought to yuan: "),
                        column.header, "", column.zeros);
  }
  return text;
}

// The mapping that was used, and how the table differs from it.
std::string mapping_text(const ImportedFile& file) {
  if (file.mapping.empty()) return "";
  std::string text = fmt::format("  {} {}\n", say("列对照", "mapping"), file.mapping);
  const auto add = [&](std::string_view zh, std::string_view en, const std::string& header,
                       const std::string& more) {
    text += fmt::format("    ! {}\n", fmt::format(fmt::runtime(say(zh, en)), header, more));
  };
  for (const std::string& header : file.change.added) {
    const auto at = std::ranges::find(file.columns, header, &MappedField::header);
    if (at == file.columns.end()) {
      add("列“{}”是新的：不作字段，原文保留", "column \"{}\" is new: no field, its text is kept",
          header, "");
    } else {
      add("列“{}”是新的：按表头取作 {}", "column \"{}\" is new: by its header taken as {}", header,
          std::string(say(at->title, at->field)));
    }
  }
  for (const std::string& header : file.change.gone)
    add("列“{}”没有了", "column \"{}\" is gone", header, "");
  for (const auto& [before, now] : file.change.rewritten)
    add("列“{}”现在写作“{}”", "column \"{}\" is written \"{}\" now", before, now);
  return text;
}

// "编码 UTF-8  分隔符 逗号  表头在第 1 行".
std::string format_text(const ImportedFile& file) {
  using connectors::TableKind;
  if (file.kind == TableKind::kDatabase) return std::string(say("数据库", "database"));
  std::string text;
  if (file.kind == TableKind::kWorkbook) {
    text = say("工作表", "sheet of a workbook");
  } else {
    text = fmt::format("{} {}{}", say("编码", "encoding"), file.encoding,
                       file.bom ? say("（带 BOM）", " (BOM)") : "");
  }
  if (file.kind == TableKind::kHtml)
    text += fmt::format("  {}", say("网页表格", "table of a page"));
  if (file.kind == TableKind::kText)
    text += fmt::format("  {} {}", say("分隔符", "delimiter"), delimiter_title(file.delimiter));
  return text + "  " +
         fmt::format(fmt::runtime(say("表头在第 {} 行", "header in row {}")), file.header_row);
}

std::string file_text(const ImportedFile& file) {
  const RowCounts& rows = file.rows;
  std::string text = fmt::format("{}\n  {}\n", file.name, format_text(file));
  text += fmt::format("  {} {} = {} {} + {} {} + {} {}{}\n", say("读取", "read"),
                      grouped(rows.read), say("导入", "loaded"), grouped(rows.loaded),
                      say("退回", "rejected"), grouped(rows.rejected), say("跳过", "skipped"),
                      grouped(rows.skipped), skipped_reasons(rows));
  if (rows.filled_cells != 0) {
    text += fmt::format("  {} {}\n", say("由户首行补齐的单元格", "cells filled down"),
                        grouped(rows.filled_cells));
  }
  text += table_notes_text(file.notes, "  ");
  text += mapping_text(file);
  text += columns_text(file.columns) + columns_to_check(file);
  if (!file.unmapped.empty()) {
    text += fmt::format("  {} {}\n",
                        say("未使用的列（原文保留）：", "columns not used (text kept):"),
                        grouped(file.unmapped.size()));
    text += wrapped(first_joined(file.unmapped), 4);
  }
  return text;
}

std::string repairs_text(const ImportReport& report) {
  Table table({{""}, {"", Align::kRight}}, 2);
  for (std::size_t r = 0; r < report.repairs.size(); ++r) {
    if (report.repairs[r] == 0) continue;
    const auto repair = static_cast<record::Repair>(r);
    std::string title(chinese() ? record::repair_title(repair) : record::repair_name(repair));
    std::ranges::replace(title, '_', ' ');
    table.add({std::move(title), grouped(report.repairs[r])});
  }
  if (report.missing_keys != 0) {
    table.add({std::string(say("主键缺失或损坏（改用内容代号 #）",
                               "key missing or damaged (named by content, #)")),
               grouped(report.missing_keys)});
  }
  if (report.repeated_keys != 0) {
    table.add({std::string(say("主键重复（改用内容代号 #）", "key repeated (named by content, #)")),
               grouped(report.repeated_keys)});
  }
  if (table.empty()) return "";
  return fmt::format("{}\n{}", say("清理与缺陷（行数）：", "repairs and defects (rows):"),
                     table.text());
}

std::string rejects_text(const ImportReport& report, std::string_view rejects_file) {
  if (report.rejects.empty()) return "";
  std::string text =
      fmt::format("{} {}\n", say("退回的行：", "rejected rows:"), grouped(report.rejects.size()));
  Table table({{say("文件", "file")},
               {say("行", "row"), Align::kRight},
               {say("字段", "field")},
               {say("原因", "reason")},
               {say("值（已遮盖）", "value (masked)")}},
              2);
  for (std::size_t i = 0; i < std::min(kRejectsShown, report.rejects.size()); ++i) {
    const connectors::Reject& reject = report.rejects[i];
    table.add({reject.file, std::to_string(reject.row), reject.field, reject_title(reject.reason),
               reject.masked_value});
  }
  text += table.text();
  if (!rejects_file.empty()) {
    text += fmt::format("  {} {}\n", say("完整清单写入", "all of them are in"), rejects_file);
  } else if (report.rejects.size() > kRejectsShown) {
    text += fmt::format("  {}\n", say("只列出前 10 行；完整清单用 --rejects FILE 写出",
                                      "the first 10; --rejects FILE writes all of them"));
  }
  return text;
}

// What to do with a delivery that does not count yet.
std::string held_text(const connectors::report::QualityReport& quality) {
  if (!quality.held) return "";
  return fmt::format(
      fmt::runtime(
          say("待定：这批数据尚未计入，比对和查询都看不到它。看逐个字段：bidui deliveries quality "
              "{0}\n  计入：bidui deliveries accept {0}   拒收：bidui deliveries refuse {0}\n",
              "held: the delivery does not count yet, nothing sees it. Field by field: bidui "
              "deliveries quality {0}\n  let it count: bidui deliveries accept {0}   remove "
              "it: bidui deliveries refuse {0}\n")),
      quality.name);
}

std::string already_text(const store::DeliveryInfo& delivery) {
  return fmt::format(
      fmt::runtime(say("同一文件已经导入过：{}（第 {} 批，{} "
                       "条记录），这次什么也没有做。确要再导入一次，请加 --again\n",
                       "the same file was imported already: {} (delivery {}, {} records); nothing "
                       "done. To import it all the same: --again\n")),
      store::delivery_name(delivery), static_cast<std::uint32_t>(delivery.id),
      grouped(delivery.record_count));
}

std::string same_file_text(const ImportReport& report) {
  if (report.same_file.empty()) return "";
  return fmt::format(
      fmt::runtime(say("  ! 与 {} 是同一个文件，一个字节也不差：请核对是不是交错了文件\n",
                       "  ! this is the very file of {}: please check that it is the right one\n")),
      report.same_file);
}

// What the changes were made in; a column that speaks of changes, where the list is taken as whole.
std::string changes_text(const ImportReport& report) {
  const workspace::ChangesMade& changes = report.changes;
  if (!changes.base.empty())
    return fmt::format(
        fmt::runtime(say("  变动：在 {} 上新增 {}，变更 {}，删除 {}\n",
                         "  changes made in {}: {} added, {} changed, {} deleted\n")),
        changes.base, grouped(changes.added), grouped(changes.changed), grouped(changes.deleted));
  for (const ImportedFile& file : report.files) {
    if (file.change_column.empty()) continue;
    return fmt::format(
        fmt::runtime(
            say("  ! 有“{}”一列，像是只写变动的名单，现在按整份名单导入：没有写到的人会被当作"
                "已经离开。如果只是变动，请先撤回，再用 import --changes\n",
                "  ! the column \"{}\" looks as if the list held changes only; it is taken "
                "as the whole list: who is not on it has left. If it is changes, withdraw "
                "it and use import --changes\n")),
        file.change_column);
  }
  return "";
}

}  // namespace

std::string import_text(const ImportReport& report, std::string_view rejects_file) {
  const store::DeliveryInfo& delivery = report.delivery;
  if (report.already) return already_text(delivery);
  std::string text = fmt::format(
      "{} {}  {} {}  {} {}\n",
      report.quality.held ? say("已读入（待定）", "read, held:") : say("已导入", "imported"),
      delivery.instance, say("范围", "coverage"), delivery.coverage, say("截止", "as of"),
      delivery.as_of);
  text += same_file_text(report) + changes_text(report);
  for (const ImportedFile& file : report.files) text += file_text(file);
  text += left_out_text(report.left_out);
  text += repairs_text(report) + rejects_text(report, rejects_file);
  if (!report.kept_mapping.empty()) {
    text += fmt::format("{}{}\n",
                        say("列对照留在工作区，同样的表下次自动使用：mappings/",
                            "mapping kept, used by itself for the next such table: mappings/"),
                        report.kept_mapping);
  }
  text += quality_summary(report.quality);
  text += held_text(report.quality);
  const double rate =
      report.seconds > 0 ? static_cast<double>(delivery.rows.read) / report.seconds : 0;
  text += fmt::format("{} {}  {:.1f} s  {} {}\n", say("记录", "records"),
                      grouped(delivery.record_count), report.seconds,
                      grouped(static_cast<std::uint64_t>(rate)), say("行/秒", "rows/s"));
  return text;
}

}  // namespace bidui::cli
