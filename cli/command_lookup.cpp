#include <boost/json.hpp>
#include <fmt/format.h>
#include <string>

#include "cli/history_text.h"
#include "cli/household_text.h"
#include "cli/lookup_options.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/local_time.h"
#include "workspace/lookup.h"
#include "workspace/lookup_json.h"

namespace bidui::cli {
namespace {

using workspace::Candidate;
using workspace::LookupQuery;
using workspace::LookupResult;

std::string reason_of(const Candidate& candidate) {
  return chinese() ? candidate.reason : candidate.reason_en;
}

// Titles, in English the names by which the records are called.
std::string sources_of(const Candidate& candidate) {
  if (chinese()) return joined(candidate.sources);
  std::vector<std::string> instances;
  for (const std::string& record : candidate.records)
    instances.push_back(record.substr(0, record.find(':')));
  return joined(instances);
}

void print_candidates(const LookupResult& result) {
  Table table({{""},
               {say("姓名", "name")},
               {say("身份证号", "ID number")},
               {say("出生日期", "born")},
               {say("住址", "place")},
               {say("户", "household")},
               {say("来源", "sources")},
               {say("依据", "why")}},
              2);
  std::size_t number = 0;
  for (const Candidate& c : result.candidates) {
    table.add({std::to_string(++number), c.name, c.id_number, c.birth, c.place, c.household,
               sources_of(c), reason_of(c)});
  }
  fmt::print(output(), "{}", table.text());
}

void print_many(const LookupResult& result) {
  fmt::print(output(), "{}\n",
             chinese() ? fmt::format("有 {} 人符合，不能确定是哪一位：", result.candidate_count)
                       : fmt::format("{} people fit:", result.candidate_count));
  print_candidates(result);
  if (result.candidate_count > result.candidates.size() || result.cut)
    fmt::print(output(), "  …\n");
  fmt::print(output(), "\n{}\n",
             say("缩小范围：加 --village 村名、--born 出生年份，或直接看某一户：--household "
                 "来源:户号（见“户”一列）",
                 "Narrow it down with --village or --born, or show one household: --household "
                 "SOURCE:NO"));
}

void print_result(const LookupResult& result) {
  if (result.household) {
    fmt::print(output(), "{}", household_text(*result.household));
    if (!result.candidates.empty() && !result.candidates.front().reason.empty())
      fmt::print(output(), "\n{}{}\n", say("查到的依据：", "Found by: "),
                 reason_of(result.candidates.front()));
    if (result.candidate_count > 1) {
      fmt::print(output(), "\n{}\n", say("另有相近的人：", "Others who are near:"));
      print_candidates(result);
    }
    return;
  }
  if (result.candidates.empty()) {
    fmt::print(output(), "{}\n",
               say("各来源中都没有找到。可检查号码，或改用姓名加村名、出生年份查找。",
                   "Found in no source. Check the number, or look up a name with village or "
                   "year of birth."));
    return;
  }
  print_many(result);
}

void add_options(CommandLine& line) {
  add_workspace_options(line);
  add_lookup_options(line);
  add_switch(line, "all",
             say("相近的人也列出，并显示文字字段", "near hits too, and free-text facts"));
  add_switch(line, "history",
             say("这一户历次数据、比对中的变化和办理经过",
                 "how the household changed from delivery to delivery and run to run"));
  add_switch(line, "strict", say("没有找到时以状态 1 结束", "exit status 1 when nothing is found"));
  add_json_option(line);
}

}  // namespace

int run_lookup(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui lookup -w DIR (--id N | --name N [--village V] [--born Y] | "
                       "--phone N | --household SOURCE:NO) [--all] [--history]"};
  add_options(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  LookupQuery query = lookup_query(*values);
  query.all = values->count("all") != 0;
  if (query.id.empty() && query.name.empty() && query.phone.empty() && query.household.empty())
    return wrong_usage(line, say("请给出 --id、--name、--phone 或 --household",
                                 "give --id, --name, --phone or --household"));
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto result = workspace::lookup(*workspace, query);
  if (!result) return fail(result.error());
  std::optional<workspace::HouseholdHistory> history;
  if (values->count("history") != 0 && result->household) {
    auto found = workspace::household_history(*workspace, *result->household);
    if (!found) return fail(found.error());
    history = std::move(*found);
  }
  if (values->count("json") != 0) {
    const auto locale = chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish;
    boost::json::object object = workspace::lookup_json(*result, locale, workspace::today());
    if (history) object["history"] = workspace::history_json(*history, locale);
    fmt::print(output(), "{}\n", boost::json::serialize(object));
  } else {
    print_result(*result);
    if (history) fmt::print(output(), "{}", history_text(*history));
  }
  const bool found = result->household || !result->candidates.empty();
  return values->count("strict") != 0 && !found ? kCheckFailed : kDone;
}

}  // namespace bidui::cli
