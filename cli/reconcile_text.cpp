#include "cli/reconcile_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <numeric>

#include "cli/table.h"
#include "workspace/reconcile_words.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using namespace workspace;

std::string count_text(std::uint64_t count) { return count == 0 ? "0" : grouped(count); }

std::string signed_text(std::uint64_t left, std::uint64_t right) {
  if (left == right) return "0";
  return left > right ? "+" + grouped(left - right) : "-" + grouped(right - left);
}

// The whole as a sum: what a report to a superior quotes.
std::string sum_text(const Reconciliation& result, const GroupCounts& all) {
  std::vector<std::string> names = {short_title(result, true, chinese()),
                                    short_title(result, false, chinese())};
  Table table({{""}, {names[0], Align::kRight}, {names[1], Align::kRight}}, 2);
  for (std::size_t c = 0; c < kSharedClasses; ++c) {
    if (c == 1 && !result.kinds_compared) continue;
    if (c == 2 && !result.sinces_compared) continue;
    const std::string count = count_text(all.shared[c]);
    std::string title(say("两方都有，", "in both, "));
    title += item_class_title(static_cast<ItemClass>(c), chinese());
    table.add({title, count, count});
  }
  for (std::size_t c = kSharedClasses; c < kItemClasses; ++c) {
    const std::size_t own = c - kSharedClasses;
    if (static_cast<ItemClass>(c) == ItemClass::kElsewhere) continue;  // one group: none
    table.add({item_class_title(static_cast<ItemClass>(c), chinese()),
               count_text(all.left_own[own]), count_text(all.right_own[own])});
  }
  table.add({std::string(say("合计", "total")), count_text(all.left), count_text(all.right)});
  return table.text();
}

std::string groups_text(const Reconciliation& result) {
  // The lists by a letter: their names would make the table too wide.
  const std::string left(say("甲", "A "));
  const std::string right(say("乙", "B "));
  const auto own = [&](const std::string& list, ItemClass item_class) {
    if (item_class == ItemClass::kMissing) return list + std::string(say("独有", "only"));
    if (item_class == ItemClass::kPossible) return list + std::string(say("疑似", "possible"));
    if (item_class == ItemClass::kElsewhere) return list + std::string(say("异组", "elsewhere"));
    return list + item_class_title(item_class, chinese());
  };
  std::vector<std::string> titles;  // the table keeps views
  titles.push_back(grouping_title(result.by, chinese()));
  titles.push_back(left + std::string(say("总数", "total")));
  titles.push_back(item_class_title(ItemClass::kSame, chinese()));
  titles.emplace_back(say("类别≠", "kind ≠"));
  titles.emplace_back(say("年度≠", "date ≠"));
  for (const auto& list : {left, right}) {
    for (std::size_t c = kSharedClasses; c < kItemClasses; ++c)
      titles.push_back(own(list, static_cast<ItemClass>(c)));
  }
  titles.push_back(right + std::string(say("总数", "total")));
  titles.emplace_back(say("相差", "difference"));
  std::vector<Table::Column> columns;
  for (std::size_t t = 0; t < titles.size(); ++t) {
    columns.push_back({.title = titles[t],
                       .align = t == 0 ? Align::kLeft : Align::kRight,
                       .spare = t > 2 && t + 2 < titles.size(),
                       .whole = t == 0});
  }
  Table table(std::move(columns), 2);
  const auto add = [&](const std::string& name, const GroupCounts& group) {
    std::vector<std::string> cells = {name, count_text(group.left)};
    for (const std::uint64_t count : group.shared) cells.push_back(count_text(count));
    for (const std::uint64_t count : group.left_own) cells.push_back(count_text(count));
    for (const std::uint64_t count : group.right_own) cells.push_back(count_text(count));
    cells.push_back(count_text(group.right));
    cells.push_back(signed_text(group.left, group.right));
    table.add(std::move(cells));
  };
  for (const GroupCounts& group : result.groups) {
    const std::string before = group.township.empty() ? "" : group.township + " ";
    add(before + group_title(group, chinese()), group);
  }
  return fmt::format("{}{}{}{}\n", say("甲：", "A: "), short_title(result, true, chinese()),
                     say("，乙：", ", B: "), short_title(result, false, chinese())) +
         table.text();
}

std::string kind_pairs_text(const Reconciliation& result) {
  const std::string left = short_title(result, true, chinese());
  const std::string right = short_title(result, false, chinese());
  Table table({{left}, {right}, {say("数", "count"), Align::kRight}}, 2);
  const auto kind = [](const std::string& text) {
    return text.empty() ? std::string(say("（空）", "(empty)")) : text;
  };
  constexpr std::size_t kMost = 10;
  for (const KindPair& pair : result.kind_pairs) {
    if (&pair - result.kind_pairs.data() == kMost) break;
    table.add({kind(pair.left), kind(pair.right), grouped(pair.count)});
  }
  return table.text();
}

std::string differences_text(const Reconciliation& result, std::size_t limit) {
  Table table({{say("情况", "class")},
               {say("乡镇 村", "place")},
               {say("编号", "key")},
               {say("姓名", "name")},
               {say("说明", "why")}},
              2);
  std::size_t shown = 0;
  for (const ListDifference& d : result.differences) {
    if (limit != 0 && shown++ == limit) break;
    const ListSide& side = d.of_left ? d.left : d.right;
    table.add({item_class_title(d.item_class, chinese()), side.township + " " + side.village,
               side.key, side.name, difference_words(result, d, chinese())});
  }
  return table.text();
}

json::object counts_json(const GroupCounts& group) {
  json::object object{{"group", group.group}};
  if (!group.township.empty()) object["township"] = group.township;
  object["left"] = group.left;
  object["right"] = group.right;
  object["left_rows"] = group.left_members;
  object["right_rows"] = group.right_members;
  json::object left;
  json::object right;
  for (std::size_t c = 0; c < kSharedClasses; ++c)
    object[item_class_name(static_cast<ItemClass>(c))] = group.shared[c];
  for (std::size_t c = kSharedClasses; c < kItemClasses; ++c) {
    left[item_class_name(static_cast<ItemClass>(c))] = group.left_own[c - kSharedClasses];
    right[item_class_name(static_cast<ItemClass>(c))] = group.right_own[c - kSharedClasses];
  }
  object["left_own"] = left;
  object["right_own"] = right;
  return object;
}

json::array groups_json(const std::vector<GroupCounts>& groups) {
  json::array array;
  for (const GroupCounts& group : groups) array.push_back(counts_json(group));
  return array;
}

json::value side_json(const ListSide& side) {
  if (!side.present()) return nullptr;
  return json::object{{"key", side.key},         {"name", side.name}, {"township", side.township},
                      {"village", side.village}, {"kind", side.kind}, {"date", side.since},
                      {"rows", side.members}};
}

json::object list_json(const ListTitle& list) {
  return {{"source", list.instance},
          {"title", list.title},
          {"as_of", list.as_of},
          {"unit", list.houses       ? "house"
                   : list.households ? "household"
                                     : "record"}};
}

}  // namespace

std::string reconcile_text(const Reconciliation& result, std::size_t limit) {
  const GroupCounts& all = result.all.front();
  const auto list_line = [&](bool left) {
    const ListTitle& list = left ? result.left : result.right;
    return fmt::format("{}  {} {}  {} {}", chinese() ? list.title : list.instance,
                       count_text(left ? all.left : all.right), unit_title(list, chinese()),
                       say("截止", "as of"), list.as_of);
  };
  std::string text = fmt::format("{}\n{}\n{} {}   {} {}\n", list_line(true), list_line(false),
                                 say("相差", "difference"), signed_text(all.left, all.right),
                                 say("依据比对", "by run"), result.run);
  if (result.outdated)
    text += std::string(say("注意：比对之后又导入了更新的数据；请重新运行 bidui compare\n",
                            "note: newer deliveries have come since: run bidui compare again\n"));
  text += "\n" + sum_text(result, all);
  text += "\n" + groups_text(result);
  if (!result.kind_pairs.empty())
    text += fmt::format("\n{}\n", say("类别不同的：", "Other kinds:")) + kind_pairs_text(result);
  if (!result.differences.empty()) {
    text += fmt::format(
        "\n{}\n", chinese() ? fmt::format("差异 {} 条：", grouped(result.differences.size()))
                            : fmt::format("{} differences:", grouped(result.differences.size())));
    text += differences_text(result, limit);
    if (limit != 0 && result.differences.size() > limit) text += "  …\n";
  }
  text += "\n";
  for (const std::string& line : reconcile_definitions(chinese())) text += wrapped(line, 0);
  return text;
}

std::string reconcile_json(const Reconciliation& result, std::size_t limit) {
  json::array differences;
  for (const ListDifference& d : result.differences) {
    if (limit != 0 && differences.size() == limit) break;
    differences.push_back(json::object{{"class", item_class_name(d.item_class)},
                                       {"reason", difference_reason_name(d.reason)},
                                       {"of", d.of_left ? "left" : "right"},
                                       {"left", side_json(d.left)},
                                       {"right", side_json(d.right)},
                                       {"rival", d.rival},
                                       {"words", difference_words(result, d, chinese())}});
  }
  json::array kinds;
  for (const KindPair& pair : result.kind_pairs)
    kinds.push_back(
        json::object{{"left", pair.left}, {"right", pair.right}, {"count", pair.count}});
  return json::serialize(json::object{{"run", result.run},
                                      {"left", list_json(result.left)},
                                      {"right", list_json(result.right)},
                                      {"by", result.by},
                                      {"outdated", result.outdated},
                                      {"all", counts_json(result.all.front())},
                                      {"groups", groups_json(result.groups)},
                                      {"townships", groups_json(result.townships)},
                                      {"villages", groups_json(result.villages)},
                                      {"kinds", groups_json(result.kinds)},
                                      {"kind_pairs", kinds},
                                      {"difference_count", result.differences.size()},
                                      {"differences", differences}});
}

}  // namespace bidui::cli
