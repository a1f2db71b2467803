#include "workspace/list_counts.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "workspace/list_grouping.h"

namespace bidui::workspace {
namespace {

using GroupName = std::pair<std::string, std::string>;  // township, group

// The values of the second field, most frequent first, the rare ones as one.
void number_across(const std::map<std::string, std::uint64_t>& totals, ListCounts& counts,
                   std::map<std::string, std::size_t>& column) {
  std::vector<std::pair<std::string, std::uint64_t>> values(totals.begin(), totals.end());
  std::ranges::stable_sort(values,
                           [](const auto& a, const auto& b) { return a.second > b.second; });
  for (std::size_t v = 0; v < values.size(); ++v) {
    const bool rare = v >= kMostAcross && values.size() > kMostAcross + 1;
    if (!rare) counts.across.push_back(values[v].first);
    column[values[v].first] = rare ? kMostAcross : v;
  }
  if (values.size() > kMostAcross + 1) counts.across.emplace_back("其他");
}

void add_reported(const CountOptions& options, std::map<GroupName, ListCount>& groups,
                  ListCounts& counts) {
  const bool villages = options.by == "village";
  for (const ReportedTotal& total : options.reported) {
    GroupName name = villages ? GroupName{total.place.township, total.place.village}
                              : GroupName{"", total.place.township};
    auto at = groups.find(name);
    if (at == groups.end() && villages && total.place.township.empty()) {
      at = std::ranges::find_if(
          groups, [&](const auto& group) { return group.first.second == total.place.village; });
    }
    if (at == groups.end()) {
      counts.unknown_places.push_back(total.place.township + " " + total.place.village);
      at = groups.emplace(std::move(name), ListCount{}).first;
      at->second.across.resize(counts.across.size());
    }
    at->second.reported_items = total.households;
    at->second.reported_members = total.persons;
  }
}

}  // namespace

Result<ListCounts> count_list(const Workspace& workspace, const CountOptions& options) {
  const Result<KeptRun> run = KeptRun::find(workspace.store(), options.run);
  BIDUI_TRY(run);
  const Result<std::vector<std::uint32_t>> entities = run->entities();
  BIDUI_TRY(entities);
  const Result<const schema::Schema*> schema = workspace.schema_of(options.list.instance);
  BIDUI_TRY(schema);
  ListValues values;
  ListOptions list_options = options.list;
  if (!is_own_grouping(options.by)) list_options.group = options.by;
  // One further field can be read as a list's group; the second stands in the place of its date.
  const bool across = !options.across.empty();
  if (across) list_options.since = options.across;
  const Result<ListedSource> list =
      ListedSource::load(workspace.store(), *run, **schema, *entities, list_options, values);
  BIDUI_TRY(list);
  if (options.by == "village_kind" && options.village_kinds.empty()) return needs_village_kinds();
  if (across && options.by == "since")
    return bilingual_error(ErrorCode::kInvalidArgument, "--across 不能与 --by since 合用",
                           "--across does not go with --by since");
  ListCounts counts{
      .run = run->id(),
      .instance = options.list.instance,
      .title = list->source().title(),
      .as_of = list->source().as_of(),
      .by = options.by,
      .households = options.list.unit == ListUnit::kHousehold && (*schema)->household};
  if (across) counts.across_title = list->since_field()->title;
  std::map<std::string, std::size_t> column;
  if (across) {
    std::map<std::string, std::uint64_t> totals;
    for (const ListedItem& item : list->items()) ++totals[values.sinces.text(item.since)];
    number_across(totals, counts, column);
  }
  const ListGrouping grouping(options.by, values, options.village_kinds);
  std::map<GroupName, ListCount> groups;
  counts.all.across.resize(counts.across.size());
  for (const ListedItem& item : list->items()) {
    ListCount& group = groups[grouping.group_of(item)];
    group.across.resize(counts.across.size());
    for (ListCount* count : {&group, &counts.all}) {
      ++count->items;
      count->members += item.members;
      if (across) ++count->across[column[values.sinces.text(item.since)]];
    }
  }
  add_reported(options, groups, counts);
  for (auto& [name, group] : groups) {
    group.township = name.first;
    group.group = name.second;
    const auto sum = [](std::optional<std::uint64_t>& total, std::optional<std::uint64_t> one) {
      if (one) total = total.value_or(0) + *one;
    };
    sum(counts.all.reported_items, group.reported_items);
    sum(counts.all.reported_members, group.reported_members);
    counts.groups.push_back(std::move(group));
  }
  return counts;
}

}  // namespace bidui::workspace
