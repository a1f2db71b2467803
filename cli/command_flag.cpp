#include "cli/command_flag.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/disposition_text.h"
#include "cli/flag_filter_options.h"
#include "cli/flag_text.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/rule/calendar.h"
#include "workspace/local_time.h"
#include "workspace/rule_precision.h"
#include "workspace/shown_flag.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::FlagList;
using workspace::ShownFlag;
using workspace::today;

// Of flags that nobody has begun with.
Table open_flags(const FlagList& list) {
  Table table({{say("编号", "flag")},
               {say("级别", "severity")},
               {say("疑点", "title")},
               {say("对象", "subject")},
               {say("地点", "place")},
               {say("关联", "level")},
               {say("状态", "status")},
               {say("须核实", "to settle"), Align::kRight}});
  for (const ShownFlag& flag : list.flags) {
    const flag::Flag& f = flag.state.flag;
    table.add({f.flag_id, severity_title(f.severity), flag_title(flag), f.source + ":" + f.subject,
               flag.place, std::string(rule::level_name(f.level)), status_title(f.status),
               std::to_string(flag.undecided.size() + flag.visit.size())});
  }
  return table;
}

// With what was done about them.
Table flags_in_hand(const FlagList& list) {
  Table table({{say("编号", "flag")},
               {say("级别", "severity")},
               {say("疑点", "title")},
               {say("对象", "subject")},
               {say("地点", "place")},
               {say("状态", "status")},
               {say("办理", "state")},
               {say("交给", "assigned to"), Align::kLeft, true},
               {say("期限", "deadline"), Align::kLeft, true}});
  const flag::DayNumber day = today();
  for (const ShownFlag& flag : list.flags) {
    const flag::Flag& f = flag.state.flag;
    const flag::Disposition& done = flag.done.disposition;
    const std::string deadline = deadline_text(done, day);
    table.add({f.flag_id, severity_title(f.severity), flag_title(flag), f.source + ":" + f.subject,
               flag.place, status_title(f.status),
               state_text(done.state(), done.has_township_signature()),
               deadline.empty() ? "" : done.last(flag::Action::kAssign)->step.assignee, deadline});
  }
  return table;
}

void print_list(const FlagList& list) {
  const bool all_open = std::ranges::all_of(list.flags, [](const ShownFlag& flag) {
    return flag.done.disposition.state() == flag::State::kOpen;
  });
  const Table table = all_open ? open_flags(list) : flags_in_hand(list);
  if (!table.empty()) fmt::print(output(), "{}\n", table.text());
  fmt::print(output(), "{}\n",
             chinese() ? fmt::format("共 {} 个疑点，列出 {} 个{}", grouped(list.count),
                                     grouped(list.flags.size()),
                                     list.flags.size() < list.count ? "（--limit）" : "")
                       : fmt::format("{} flags, {} shown", list.count, list.flags.size()));
  print_beyond_cap(list.beyond);
}

int list_by_rule(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto rules = workspace::rule_precision(*workspace);
  if (!rules) return fail(rules.error());
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(precision_json(*rules)));
  } else {
    fmt::print(output(), "{}", precision_table(*rules));
  }
  return kDone;
}

int list(const CommandLine& line, const po::variables_map& values) {
  if (values.count("by-rule") != 0) return list_by_rule(values);
  int status = kDone;
  auto filter = flag_filter(line, values, status);
  if (!filter) return status;
  filter->limit = values["limit"].as<std::size_t>();
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto flags = workspace::list_flags(*workspace, *filter);
  if (!flags) return fail(flags.error());
  for (const workspace::UnknownPlace& place : flags->unknown) print_unknown(place);
  if (values.count("json") == 0) {
    print_list(*flags);
    return kDone;
  }
  json::array array;
  for (const ShownFlag& flag : flags->flags) array.push_back(flag_with_evidence(flag));
  fmt::print(output(), "{}\n",
             json::serialize(json::object{{"count", flags->count}, {"flags", array}}));
  return kDone;
}

int show(const po::variables_map& values, const std::string& id) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto flag = values.count("step") == 0
                        ? workspace::find_flag(*workspace, id)
                        : workspace::find_flag_at(*workspace, id, values["step"].as<std::size_t>());
  if (!flag) return fail(flag.error());
  if (values.count("json") != 0) {
    json::object object = flag_with_evidence(*flag);
    json::array steps;
    for (const workspace::KeptStep& step : flag->steps) steps.push_back(workspace::step_json(step));
    object["steps"] = std::move(steps);
    fmt::print(output(), "{}\n", json::serialize(object));
  } else {
    fmt::print(output(), "{}", flag_text(*flag, today()));
  }
  return kDone;
}

// Runs a step, export or import; nothing where it is none of these.
std::optional<int> run_part(const Arguments& arguments) {
  const auto [part, rest] = part_argument(arguments);
  if (part == "export") return run_flag_export(rest);
  if (part == "import") return run_flag_import(rest);
  const auto action = flag::parse_action(part);
  if (!action || *action == flag::Action::kReopen) return std::nullopt;
  return run_flag_step(*action, rest);
}

}  // namespace

int run_flag(const Arguments& arguments) {
  if (const std::optional<int> status = run_part(arguments)) return *status;
  CommandLine line{
      .usage =
          "bidui flag -w DIR list [--rule R] [--about WHAT] [--township T] [--village V] [--state "
          "S] "
          "[--overdue]\n"
          "                  [--status S] [--severity S] [--cap N] [--limit N] [--by-rule]\n"
          "      bidui flag -w DIR show FLAG_ID [--step N]\n"
          "      bidui flag assign|check|dismiss|notify|contest|decide|rectify|confirm|"
          "close|return --help\n"
          "      bidui flag export|import --help"};
  add_workspace_options(line);
  add_flag_filter_options(line);
  add_option(line, "limit", po::value<std::size_t>()->default_value(50)->value_name("N"),
             say("最多列出几个，0 为不限", "how many to list, 0 = all"));
  add_switch(line, "by-rule",
             say("按规则汇总：办理情况，核实属实的比例及区间",
                 "by rule: what was done, and how often checks found it true, with an interval"));
  add_option(line, "step", po::value<std::size_t>()->value_name("N"),
             say("show：第 N 步办理时的证据", "show: the evidence at step N"));
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  if (words.size() == 1 && words[0] == "list") return list(line, *values);
  if (words.size() == 2 && words[0] == "show") return show(*values, words[1]);
  return wrong_usage(
      line, say("请用 list，或 show 加疑点编号，或 assign、check 等办理，或 export、import",
                "list, or show FLAG_ID, or assign, check and so on, or export, import"));
}

}  // namespace bidui::cli
