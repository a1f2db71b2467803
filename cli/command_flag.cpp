#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/flag_text.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/shown_flag.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::FlagFilter;
using workspace::FlagList;
using workspace::ShownFlag;

void print_list(const FlagList& list) {
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
  if (!table.empty()) fmt::print("{}\n", table.text());
  fmt::print("{}\n", chinese() ? fmt::format("共 {} 个疑点，列出 {} 个{}", grouped(list.count),
                                             grouped(list.flags.size()),
                                             list.flags.size() < list.count ? "（--limit）" : "")
                               : fmt::format("{} flags, {} shown", list.count, list.flags.size()));
}

// Nothing was found because there is no such place: what may have been meant.
void print_unknown(const workspace::UnknownPlace& place) {
  const bool township = place.kind == workspace::PlaceKind::kTownship;
  if (chinese()) {
    fmt::print(stderr, "本县没有这个{}：{}{}\n", township ? "乡镇" : "村", place.wanted,
               place.near.empty() ? "" : "；最接近的：" + joined(place.near));
  } else {
    fmt::print(stderr, "the county has no such {}: {}{}\n", township ? "township" : "village",
               place.wanted, place.near.empty() ? "" : "; the nearest are: " + joined(place.near));
  }
}

// False where a word is unknown.
bool read_filter(const po::variables_map& values, FlagFilter& filter) {
  filter.rule = values["rule"].as<std::string>();
  filter.township = values["township"].as<std::string>();
  filter.village = values["village"].as<std::string>();
  filter.limit = values["limit"].as<std::size_t>();
  const std::string& severity = values["severity"].as<std::string>();
  if (!severity.empty()) filter.severity = rule::parse_severity(severity);
  const std::string& status = values["status"].as<std::string>();
  for (const flag::Status s : {flag::Status::kNew, flag::Status::kSame, flag::Status::kChanged,
                               flag::Status::kGone, flag::Status::kReopened}) {
    if (status == flag::status_name(s)) filter.status = s;
  }
  return (severity.empty() || filter.severity) && (status.empty() || filter.status);
}

int list(const CommandLine& line, const po::variables_map& values) {
  FlagFilter filter;
  if (!read_filter(values, filter)) {
    return wrong_usage(line, say("--severity 取 H、M、L、I；--status 取 new、same、changed、gone、"
                                 "reopened",
                                 "--severity is H, M, L or I; --status is new, same, changed, gone "
                                 "or reopened"));
  }
  if (!filter.rule.empty() && !workspace::is_rule(filter.rule)) {
    return wrong_usage(line, std::string(say("没有这条规则；现有：", "no such rule; there are: ")) +
                                 joined(workspace::rule_ids()));
  }
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto flags = workspace::list_flags(*workspace, filter);
  if (!flags) return fail(flags.error());
  for (const workspace::UnknownPlace& place : flags->unknown) print_unknown(place);
  if (values.count("json") == 0) {
    print_list(*flags);
    return kDone;
  }
  json::array array;
  for (const ShownFlag& flag : flags->flags) array.push_back(flag_json(flag));
  fmt::print("{}\n", json::serialize(json::object{{"count", flags->count}, {"flags", array}}));
  return kDone;
}

int show(const po::variables_map& values, const std::string& id) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto flag = workspace::find_flag(*workspace, id);
  if (!flag) return fail(flag.error());
  if (values.count("json") != 0) {
    fmt::print("{}\n", json::serialize(flag_json(*flag)));
  } else {
    fmt::print("{}", flag_text(*flag));
  }
  return kDone;
}

void add_filter_option(CommandLine& line, const char* name, const char* value,
                       std::string_view description) {
  add_option(line, name, po::value<std::string>()->default_value("")->value_name(value),
             description);
}

}  // namespace

int run_flag(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui flag -w DIR list [--rule R] [--township T] [--village V] "
                       "[--status S] [--severity S] [--limit N]\n"
                       "      bidui flag -w DIR show FLAG_ID"};
  add_workspace_options(line);
  add_filter_option(line, "rule", "R", say("规则编号", "rule"));
  add_filter_option(line, "township", "T", say("乡镇名或区划代码", "township, by name or code"));
  add_filter_option(line, "village", "V", say("村名或区划代码", "village, by name or code"));
  add_filter_option(line, "status", "S",
                    say("new、same、changed、gone、reopened；默认不列已消除的",
                        "new, same, changed, gone or reopened; by default all but gone"));
  add_filter_option(line, "severity", "S", say("H、M、L、I", "H, M, L or I"));
  add_option(line, "limit", po::value<std::size_t>()->default_value(50)->value_name("N"),
             say("最多列出几个，0 为不限", "how many to list, 0 = all"));
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  if (words.size() == 1 && words[0] == "list") return list(line, *values);
  if (words.size() == 2 && words[0] == "show") return show(*values, words[1]);
  return wrong_usage(line, say("请用 list，或 show 加疑点编号", "list, or show FLAG_ID"));
}

}  // namespace bidui::cli
