#include "workspace/reconcile_sheets.h"

#include <fmt/format.h>

#include "workspace/reconcile_words.h"
#include "workspace/sheet_files.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;
using report::Cell;
using report::Column;

class Sheets {
 public:
  Sheets(const Reconciliation& result, report::Locale locale)
      : result_(result), chinese_(locale == report::Locale::kChinese) {}

  std::vector<report::Sheet> all() const {
    std::vector<report::Sheet> sheets;
    sheets.push_back(totals());
    sheets.push_back(
        list("townships", say("分乡镇", "Townships"), groups_block("township", result_.townships)));
    sheets.push_back(
        list("villages", say("分村", "Villages"), groups_block("village", result_.villages)));
    sheets.push_back(list("differences", say("差异明细", "Differences"), differences_block()));
    report::Sheet about = list("", say("说明", "Definitions"), definitions_block());
    sheets.push_back(std::move(about));
    return sheets;
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(chinese_ ? zh : en);
  }
  std::string name(bool left) const { return short_title(result_, left, chinese_); }
  std::string title(std::string_view what) const {
    const auto of = [&](const ListTitle& list) { return chinese_ ? list.title : list.instance; };
    return fmt::format("{} {} {} {}", of(result_.left), say("对", "vs"), of(result_.right), what);
  }

  report::Sheet list(std::string file, const std::string& name, report::Block block) const {
    report::Sheet sheet{.name = name,
                        .file = std::move(file),
                        .title = title(name),
                        .blocks = {},
                        .frozen_columns = 0};
    sheet.blocks.push_back(std::move(block));
    return sheet;
  }

  report::Sheet totals() const {
    report::Sheet sheet = list("totals", say("总表", "Totals"), groups_block("all", result_.all));
    if (result_.kinds_compared) sheet.blocks.push_back(groups_block("kind", result_.kinds));
    if (result_.by != "township" && result_.by != "village" && result_.by != "kind")
      sheet.blocks.push_back(groups_block(result_.by, result_.groups));
    if (!result_.kind_pairs.empty()) sheet.blocks.push_back(kind_block());
    return sheet;
  }

  report::Block groups_block(const std::string& by, const std::vector<GroupCounts>& groups) const {
    const bool all = by == "all";
    const bool village = by == "village";
    report::Block block{.title = all ? say("合计", "All") : grouping_title(by, chinese_),
                        .columns = {},
                        .rows = groups.size(),
                        .fill = {}};
    if (village) block.columns.push_back({.header = say("乡镇", "township")});
    block.columns.push_back({.header = all ? say("范围", "scope") : grouping_title(by, chinese_)});
    block.columns.push_back({.header = name(true) + say("总数", " total")});
    for (std::size_t c = 0; c < kSharedClasses; ++c)
      block.columns.push_back({.header = item_class_title(static_cast<ItemClass>(c), chinese_)});
    for (const bool left : {true, false}) {
      for (std::size_t c = kSharedClasses; c < kItemClasses; ++c)
        block.columns.push_back(
            {.header = name(left) + " " + item_class_title(static_cast<ItemClass>(c), chinese_)});
    }
    block.columns.push_back({.header = name(false) + say("总数", " total")});
    block.columns.push_back({.header = say("相差", "difference")});
    block.fill = [this_copy = *this, &groups, all, village](std::size_t row,
                                                            std::vector<Cell>& cells) {
      this_copy.fill_group(groups[row], all, village, cells);
    };
    return block;
  }

  void fill_group(const GroupCounts& group, bool all, bool village,
                  std::vector<Cell>& cells) const {
    cells.clear();
    if (village) cells.push_back(report::text_cell(group.township));
    cells.push_back(report::text_cell(all ? say("合计", "all") : group_title(group, chinese_)));
    cells.push_back(report::count_cell(group.left));
    for (const std::uint64_t count : group.shared) cells.push_back(report::count_cell(count));
    for (const std::uint64_t count : group.left_own) cells.push_back(report::count_cell(count));
    for (const std::uint64_t count : group.right_own) cells.push_back(report::count_cell(count));
    cells.push_back(report::count_cell(group.right));
    const auto apart =
        static_cast<std::int64_t>(group.left) - static_cast<std::int64_t>(group.right);
    cells.push_back({.text = std::to_string(apart),
                     .style = report::CellStyle::kCount,
                     .number = static_cast<double>(apart)});
  }

  report::Block kind_block() const {
    return {.title = say("类别对照（只列不同的）", "Kinds that differ"),
            .columns = {{.header = name(true)},
                        {.header = name(false)},
                        {.header = say("数", "count")}},
            .rows = result_.kind_pairs.size(),
            .fill = [&pairs = result_.kind_pairs, this_copy = *this](std::size_t row,
                                                                     std::vector<Cell>& cells) {
              const auto kind = [&](const std::string& text) {
                return report::text_cell(text.empty() ? this_copy.say("（空）", "(empty)") : text);
              };
              cells = {kind(pairs[row].left), kind(pairs[row].right),
                       report::count_cell(pairs[row].count)};
            }};
  }

  report::Block differences_block() const {
    report::Block block{
        .title = {},
        .columns = {{.header = say("情况", "class")}, {.header = say("说明", "why"), .width = 40}},
        .rows = result_.differences.size(),
        .fill = {}};
    for (const bool left : {true, false}) {
      for (const auto& what :
           {say("乡镇", "township"), say("村", "village"), say("编号", "key"), say("姓名", "name"),
            say("类别", "kind"), say("年度", "date"), say("行数", "rows")})
        block.columns.push_back({.header = name(left) + " " + what});
    }
    block.fill = [this_copy = *this](std::size_t row, std::vector<Cell>& cells) {
      const ListDifference& d = this_copy.result_.differences[row];
      cells = {report::text_cell(item_class_title(d.item_class, this_copy.chinese_)),
               report::text_cell(difference_words(this_copy.result_, d, this_copy.chinese_))};
      for (const ListSide* side : {&d.left, &d.right}) {
        for (const std::string* text :
             {&side->township, &side->village, &side->key, &side->name, &side->kind, &side->since})
          cells.push_back(report::text_cell(*text));
        cells.push_back(side->present() ? report::count_cell(side->members) : Cell{});
      }
    };
    return block;
  }

  report::Block definitions_block() const {
    std::vector<std::string> lines = reconcile_definitions(chinese_);
    const std::size_t rows = lines.size();
    return {.title = {},
            .columns = {{.header = say("说明", "Definitions"), .width = 100}},
            .rows = rows,
            .fill = [lines = std::move(lines)](std::size_t row, std::vector<Cell>& cells) {
              cells = {report::text_cell(lines[row])};
            }};
  }

  const Reconciliation& result_;
  bool chinese_;
};

}  // namespace

std::vector<report::Sheet> reconcile_sheets(const Reconciliation& result, report::Locale locale) {
  return Sheets(result, locale).all();
}

Status write_reconciliation(const Reconciliation& result, const std::filesystem::path& folder,
                            report::Locale locale) {
  return write_sheets(reconcile_sheets(result, locale), folder,
                      {.workbook = "reconcile.xlsx",
                       .title = "reconcile " + result.left.instance + " " + result.right.instance,
                       .date = std::max(result.left.as_of, result.right.as_of),
                       .locale = locale});
}

}  // namespace bidui::workspace
