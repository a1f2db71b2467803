#include "cli/history_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

#include "cli/table.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using namespace workspace;

constexpr std::array kJoined = {MemberChange::kBorn, MemberChange::kMarriedIn,
                                MemberChange::kMovedIn, MemberChange::kFromHousehold,
                                MemberChange::kAdded};
constexpr std::array kLeft = {MemberChange::kDied, MemberChange::kMarriedOut,
                              MemberChange::kMovedOut, MemberChange::kToHousehold,
                              MemberChange::kRemoved};

std::string township_text(const std::string& township) {
  return township.empty() ? std::string(say("（未写明）", "(not given)")) : township;
}

// Of a township's table: moves within it count for neither side.
std::string change_title(MemberChange change) {
  if (change == MemberChange::kFromHousehold)
    return std::string(say("外乡镇转入", "from elsewhere"));
  if (change == MemberChange::kToHousehold) return std::string(say("转到外乡镇", "to elsewhere"));
  if (change == MemberChange::kRemoved) return std::string(say("移出", "removed"));
  return member_change_title(change, chinese());
}

std::uint64_t count(const TownshipChange& township, MemberChange change) {
  return township.changes[static_cast<std::size_t>(change)];
}

std::string persons_table(const SourceChanges& changes) {
  std::vector<std::string> titles = {std::string(say("乡镇", "township")), changes.before};
  for (const MemberChange change : kJoined) titles.push_back("+" + change_title(change));
  for (const MemberChange change : kLeft) titles.push_back("-" + change_title(change));
  titles.push_back(changes.after);
  std::vector<Table::Column> columns;
  for (std::size_t t = 0; t < titles.size(); ++t)
    columns.push_back({.title = titles[t],
                       .align = t == 0 ? Align::kLeft : Align::kRight,
                       .spare = t > 1 && t + 1 < titles.size()});
  Table table(std::move(columns), 2);
  const auto add = [&](const std::string& name, const TownshipChange& township) {
    std::vector<std::string> cells = {name, grouped(township.before)};
    for (const MemberChange change : kJoined) cells.push_back(grouped(count(township, change)));
    for (const MemberChange change : kLeft) cells.push_back(grouped(count(township, change)));
    cells.push_back(grouped(township.after));
    table.add(std::move(cells));
  };
  for (const TownshipChange& township : changes.townships)
    add(township_text(township.township), township);
  add(std::string(say("合计", "total")), changes.all);
  return table.text();
}

std::string households_table(const SourceChanges& changes) {
  Table table({{say("乡镇", "township")},
               {changes.before, Align::kRight},
               {say("+新户", "+new"), Align::kRight, true},
               {say("+分出", "+split off"), Align::kRight, true},
               {say("-并入别户", "-merged"), Align::kRight, true},
               {say("-整户退出", "-gone"), Align::kRight, true},
               {changes.after, Align::kRight}},
              2);
  const auto add = [&](const std::string& name, const TownshipChange& t) {
    table.add({name, grouped(t.households_before), grouped(t.new_households), grouped(t.split),
               grouped(t.merged), grouped(t.gone_households), grouped(t.households_after)});
  };
  for (const TownshipChange& township : changes.townships)
    add(township_text(township.township), township);
  add(std::string(say("合计", "total")), changes.all);
  return table.text();
}

json::object township_json(const TownshipChange& t) {
  json::object changes;
  for (std::size_t c = 0; c < kMemberChanges; ++c)
    changes[member_change_name(static_cast<MemberChange>(c))] = t.changes[c];
  return {{"township", t.township},
          {"before", t.before},
          {"after", t.after},
          {"changes", changes},
          {"households_before", t.households_before},
          {"households_after", t.households_after},
          {"new_households", t.new_households},
          {"split", t.split},
          {"merged", t.merged},
          {"gone_households", t.gone_households}};
}

}  // namespace

std::string history_text(const HouseholdHistory& history) {
  std::string text = fmt::format("\n{}\n", say("历次变化", "Over time"));
  std::map<std::pair<std::string, std::string>, std::string> sizes;  // of each source's household
  for (const HistoryDelivery& d : history.deliveries) {
    std::string& line = sizes[{chinese() ? d.title : d.source, d.household}];
    line += fmt::format("{}{} {}{}", line.empty() ? "" : " → ", d.as_of, d.members, say("人", ""));
  }
  for (const auto& [household, line] : sizes)
    text += wrapped(fmt::format("{} {}：{}", household.first, household.second, line), 2);
  Table table({{say("日期", "date")}, {say("来源", "source")}, {say("变化", "what")}}, 2);
  for (const HistoryEvent& event : history.events)
    table.add({event.date, chinese() ? event.title : event.source,
               chinese() ? event.text : event.text_en});
  if (table.empty()) return text + std::string(say("  没有变化\n", "  no changes\n"));
  return text + table.text();
}

std::string changes_text(const SourceChanges& changes, std::size_t limit) {
  std::string text =
      fmt::format("{}  {} → {}\n\n{}\n", chinese() ? changes.title : changes.instance,
                  changes.before, changes.after, say("人（自然增减）", "Persons")) +
      persons_table(changes) + fmt::format("\n{}\n", say("户", "Households")) +
      households_table(changes);
  if (!changes.persons.empty()) {
    text += fmt::format("\n{} {}\n", say("变动的人", "persons who changed"),
                        grouped(changes.persons.size()));
    Table table({{say("变动", "change")},
                 {say("乡镇 村", "place")},
                 {say("记录", "record")},
                 {say("户", "household")},
                 {say("姓名", "name")},
                 {say("出生", "born")},
                 {say("另一户", "other household")}},
                2);
    std::size_t shown = 0;
    for (const ChangedPerson& person : changes.persons) {
      if (limit != 0 && shown++ == limit) break;
      table.add({change_title(person.change), person.township + " " + person.village, person.record,
                 person.household, person.name, person.birth, person.other});
    }
    text += table.text();
    if (limit != 0 && changes.persons.size() > limit) text += "  …\n";
  }
  return text + "\n" +
         wrapped(say("原因按户籍和死亡登记推断，是线索，不是结论；“补录”是以前已在本地而名单里没有"
                     "的人，"
                     "“移出”是仍在户籍而名单里没有了的人。同一乡镇内户与户之间的转移不计入增减。",
                     "Reasons are inferred from the civil and death registries: hints, not "
                     "findings. Moves between households of one township count for neither."),
                 0);
}

std::string changes_json(const SourceChanges& changes, std::size_t limit) {
  json::array townships;
  for (const TownshipChange& township : changes.townships)
    townships.push_back(township_json(township));
  json::array persons;
  for (const ChangedPerson& person : changes.persons) {
    if (limit != 0 && persons.size() == limit) break;
    persons.push_back(json::object{{"change", member_change_name(person.change)},
                                   {"township", person.township},
                                   {"village", person.village},
                                   {"record", person.record},
                                   {"household", person.household},
                                   {"name", person.name},
                                   {"birth", person.birth},
                                   {"other_household", person.other}});
  }
  return json::serialize(json::object{{"source", changes.instance},
                                      {"before", changes.before},
                                      {"after", changes.after},
                                      {"all", township_json(changes.all)},
                                      {"townships", townships},
                                      {"person_count", changes.persons.size()},
                                      {"persons", persons}});
}

}  // namespace bidui::cli
