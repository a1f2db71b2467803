#include "cli/household_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "cli/console.h"
#include "cli/flag_text.h"
#include "cli/table.h"
#include "workspace/wording.h"

namespace bidui::cli {
namespace {

using workspace::Fact;
using workspace::HouseholdView;
using workspace::Member;
using workspace::MemberRecord;
using workspace::SourceSide;

// The sources that know one of these people.
std::vector<std::size_t> columns_of(const HouseholdView& view) {
  std::vector<std::size_t> columns;
  for (std::size_t s = 0; s < view.sources.size(); ++s) {
    const bool used = std::ranges::any_of(view.members, [&](const Member& m) {
      return std::ranges::any_of(m.records, [&](const MemberRecord& r) { return r.source == s; });
    });
    if (used) columns.push_back(s);
  }
  return columns;
}

std::string source_name(const SourceSide& side) { return chinese() ? side.title : side.instance; }

// What one source says of one person, line by line.
std::vector<std::string> cell_lines(const MemberRecord& r) {
  std::vector<std::string> lines;
  lines.push_back(r.name + (r.relation.empty() ? "" : " " + r.relation));
  const std::string level(rule::level_name(r.level));
  const std::string& id_state = chinese() ? r.id_state : r.id_state_en;
  if (r.reference) {
    lines.push_back(r.id_number.empty() ? id_state : r.id_number);
    if (!r.id_number.empty() && !id_state.empty()) lines.push_back("! " + id_state);
  } else {
    lines.push_back((r.differences.empty() ? "= " : "≠ ") + level +
                    (r.differences.empty() ? std::string(say(" 一致", " agrees")) : ""));
    for (const workspace::Difference& d : r.differences) {
      lines.push_back("≠ " + (chinese() ? d.title + "：" + d.level_title
                                        : d.field + ": " + workspace::spaced(d.level)));
      if (d.field != "name") lines.push_back("  " + d.value);
    }
    if (!id_state.empty()) lines.push_back("! " + id_state);
  }
  if (r.other_household)
    lines.push_back("! " + std::string(say("另户 ", "other household ")) + r.household);
  return lines;
}

void add_member(const HouseholdView& view, const std::vector<std::size_t>& columns,
                std::size_t number, Table& table) {
  const Member& member = view.members[number];
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (const std::size_t s : columns) {
    std::vector<std::string> lines;
    for (const MemberRecord& r : member.records) {
      if (r.source != s) continue;
      const auto own = cell_lines(r);
      lines.insert(lines.end(), own.begin(), own.end());
    }
    if (lines.empty()) lines.emplace_back("—");
    height = std::max(height, lines.size());
    cells.push_back(std::move(lines));
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::vector<std::string> row{
        line == 0 ? fmt::format("{}{}", number + 1, member.asked ? "*" : "") : ""};
    for (const auto& lines : cells) row.push_back(line < lines.size() ? lines[line] : "");
    table.add(std::move(row));
  }
  if (number + 1 != view.members.size()) table.add(std::vector<std::string>(columns.size() + 1));
}

std::size_t widest_line(std::string_view text) {
  std::size_t widest = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    widest = std::max(widest, display_width(line));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return widest;
}

std::string members_table(const HouseholdView& view, const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t s : columns) names.push_back(source_name(view.sources[s]));
  std::vector<Table::Column> titles{{""}};
  for (const std::string& name : names) titles.push_back({name});
  Table table(titles, 2);
  std::vector<std::string> dates{""};
  std::vector<std::string> households{""};
  for (const std::size_t s : columns) {
    const SourceSide& side = view.sources[s];
    dates.push_back(side.as_of);
    households.push_back(side.household.empty() ? ""
                                                : std::string(say("户 ", "hh. ")) + side.household);
  }
  table.add(std::move(dates));
  table.add(std::move(households));
  table.add(std::vector<std::string>(columns.size() + 1));
  for (std::size_t m = 0; m < view.members.size(); ++m) add_member(view, columns, m, table);
  constexpr std::size_t kAnyWidth = std::numeric_limits<std::size_t>::max();
  return table.text(columns.size() == 1 ? output_width() : kAnyWidth);
}

// As many sources side by side as there is room for, the others below.
std::string members_text(const HouseholdView& view) {
  const std::vector<std::size_t> columns = columns_of(view);
  std::string text;
  for (auto first = columns.begin(); first != columns.end();) {
    auto last = columns.end();
    std::string part = members_table(view, {first, last});
    while (last - first > 1 && widest_line(part) > output_width())
      part = members_table(view, {first, --last});
    text += (text.empty() ? "" : "\n") + part;
    first = last;
  }
  return text;
}

// "（没有记录：…；没有导入：…）": silence is told apart from absence.
std::string silent_sources(const HouseholdView& view) {
  const std::vector<std::size_t> columns = columns_of(view);
  std::vector<std::string> absent;
  std::vector<std::string> missing;
  for (std::size_t s = 0; s < view.sources.size(); ++s) {
    if (std::ranges::find(columns, s) != columns.end()) continue;
    (view.sources[s].delivered ? absent : missing).push_back(source_name(view.sources[s]));
  }
  std::string text;
  if (!absent.empty()) {
    text += wrapped(
        std::string(say("已导入但没有本户人员的来源：", "No record in: ")) + joined(absent), 2);
  }
  if (!missing.empty()) {
    text += wrapped(std::string(say("没有导入的来源：", "Never delivered: ")) + joined(missing), 2);
  }
  return text;
}

// The number of the member that has the record, as in the table above.
std::size_t member_number(const HouseholdView& view, const std::string& record) {
  for (std::size_t m = 0; m < view.members.size(); ++m) {
    const auto& records = view.members[m].records;
    if (std::ranges::find(records, record, &MemberRecord::record) != records.end()) return m + 1;
  }
  return 0;
}

std::string fact_text(const Fact& fact) {
  return (chinese() ? fact.title : workspace::spaced(fact.field)) + "=" + fact.value;
}

std::string fact_separator() { return std::string(say("；", "; ")); }

// Facts of single members; members with the same facts on one line.
std::string member_facts_text(const HouseholdView& view, const SourceSide& side) {
  std::vector<std::pair<std::string, std::string>> lines;  // facts, members
  const std::string between = fact_separator();
  for (auto at = side.facts.begin(); at != side.facts.end();) {
    if (at->record.empty()) {
      ++at;
      continue;
    }
    const std::string record = at->record;
    const std::string who = fmt::format("{} {}", member_number(view, record), at->who);
    std::string facts;
    for (; at != side.facts.end() && at->record == record; ++at)
      facts += (facts.empty() ? "" : between) + fact_text(*at);
    const auto same = std::ranges::find(lines, facts, &std::pair<std::string, std::string>::first);
    if (same == lines.end()) {
      lines.emplace_back(facts, who);
    } else {
      same->second += std::string(say("、", ", ")) + who;
    }
  }
  std::string text;
  for (const auto& [facts, who] : lines)
    text += wrapped(who + std::string(say("：", ": ")) + facts, 4);
  return text;
}

std::string facts_text(const HouseholdView& view, const SourceSide& side) {
  std::string text = fmt::format("  {}{}{}\n", source_name(side),
                                 side.household.empty() ? "" : "  " + side.household,
                                 side.address.empty() ? "" : "  " + side.address);
  std::string shared;
  for (const Fact& fact : side.facts) {
    if (fact.record.empty()) shared += (shared.empty() ? "" : fact_separator()) + fact_text(fact);
  }
  return text + wrapped(shared, 4) + member_facts_text(view, side);
}

std::string_view change_title(workspace::EntityChange change) {
  switch (change) {
    case workspace::EntityChange::kMerged:
      return say("合并", "merged");
    case workspace::EntityChange::kSplit:
      return say("拆分", "split");
    case workspace::EntityChange::kMoved:
      return say("移动", "moved");
    case workspace::EntityChange::kRenamed:
      return say("改称", "renamed");
  }
  return "";
}

// The names by which `bidui explain` takes the members' records.
std::string records_text(const HouseholdView& view) {
  std::string text = "\n" +
                     std::string(say("记录号（bidui explain -w DIR 甲 乙 说明两条为什么是或"
                                     "不是同一人）",
                                     "Records (bidui explain -w DIR A B says why two are, or "
                                     "are not, one person)")) +
                     "\n";
  for (std::size_t m = 0; m < view.members.size(); ++m) {
    std::string line = fmt::format("{}", m + 1);
    for (const MemberRecord& record : view.members[m].records) line += "  " + record.record;
    text += wrapped(line, 2);
  }
  return text;
}

// "civil:C1 ← poverty:P1：合并" for each way that records went.
std::string lineage_text(const workspace::Lineage& lineage) {
  if (lineage.rows.empty()) return {};
  std::string text = fmt::format(
      fmt::runtime(say("\n与 {} 相比，人员归并的变化\n", "\nPersons changed since {}\n")),
      lineage.since);
  for (const workspace::LineageRow& row : lineage.rows) {
    const std::string what = row.before == row.after ? row.after : row.before + " → " + row.after;
    text +=
        wrapped(fmt::format("{} {}  {}", change_title(row.change), what, joined(row.records)), 2);
  }
  return text;
}

std::string heading(const HouseholdView& view) {
  std::string text;
  if (view.run.empty()) {
    text = std::string(say("尚未比对：以下按身份证号和姓名对应，没有疑点。请运行 bidui compare。",
                           "Nothing was compared yet: matched by number and name only."));
  } else {
    text = fmt::format("{} {}", say("比对", "run"), view.run);
    if (!view.current)
      text +=
          say("（此后导入了新数据：新数据中的人按身份证号和姓名对应，请重新运行 bidui compare）",
              " (newer deliveries were imported since: run bidui compare again)");
  }
  return text + "\n";
}

}  // namespace

std::string household_text(const HouseholdView& view) {
  std::string text = heading(view) + "\n" + members_text(view);
  text +=
      "\n" + wrapped(say("* 查询的人   = 与户籍（或首个来源）一致   ≠ 不同之处   ! 注意   "
                         "L3 号码姓名都同   L2 其他确认   — 无记录",
                         "* asked for   = agrees with the civil registry   ≠ differs   ! note   "
                         "L3 number and name equal   L2 other link   — no record"),
                     2);
  if (view.cut) text += std::string(say("  成员太多，没有全部列出\n", "  too many members: cut\n"));
  text += "\n" + std::string(say("各来源的说法", "What each source says")) + "\n";
  for (const std::size_t s : columns_of(view)) text += facts_text(view, view.sources[s]);
  text += silent_sources(view) + records_text(view);
  if (!view.possible.empty()) {
    text += "\n" + std::string(say("疑似同一人（未确认）", "Possible links")) + "\n";
    for (const workspace::PossibleLink& p : view.possible)
      text += fmt::format("  {} ~ {}  {:.0f}%\n", p.left, p.right, 100 * p.probability);
  }
  text += lineage_text(view.lineage);
  if (view.run.empty()) return text;
  text += fmt::format("\n{} {}\n", say("疑点", "Flags"), view.flags.size());
  for (const workspace::ShownFlag& flag : view.flags) text += flag_summary_text(flag, 2);
  return text;
}

}  // namespace bidui::cli
