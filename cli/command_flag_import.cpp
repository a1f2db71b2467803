// bidui flag import: what was found at the door, out of the returned task list.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/command_flag.h"
#include "cli/flag_filter_options.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/flag/disposition_words.h"
#include "workspace/import_outcomes.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::ImportedOutcomes;
using workspace::RefusedRow;

void print_refused(const std::vector<RefusedRow>& refused) {
  if (refused.empty()) return;
  fmt::print(output(), "{}\n", say("以下各行没有导入：", "These rows were not taken:"));
  Table table({{say("表", "sheet"), Align::kLeft, true},
               {say("行", "row"), Align::kRight},
               {say("疑点编号", "flag")},
               {say("原因", "why")}},
              2);
  for (const RefusedRow& row : refused)
    table.add(
        {row.sheet, std::to_string(row.row), row.flag_id, chinese() ? row.why.zh : row.why.en});
  fmt::print(output(), "{}", table.text());
}

void print_imported(const ImportedOutcomes& imported, bool dry_run) {
  if (chinese()) {
    fmt::print(output(), "{} {} 个：属实 {}，不属实 {}，无法判断 {}\n",
               dry_run ? "将会导入" : "导入", grouped(imported.taken()),
               grouped(imported.found_true), grouped(imported.found_false),
               grouped(imported.cannot_tell));
    fmt::print(output(), "以前已导入 {}，未填写 {}，没有导入 {}\n", grouped(imported.known),
               grouped(imported.blank), grouped(imported.refused.size()));
  } else {
    fmt::print(output(), "{} {}: true {}, false {}, cannot tell {}\n",
               dry_run ? "would take" : "taken", imported.taken(), imported.found_true,
               imported.found_false, imported.cannot_tell);
    fmt::print(output(), "recorded before {}, not filled in {}, not taken {}\n", imported.known,
               imported.blank, imported.refused.size());
  }
  print_refused(imported.refused);
}

std::string imported_json(const ImportedOutcomes& imported, bool dry_run) {
  json::array refused;
  for (const RefusedRow& row : imported.refused)
    refused.push_back(json::object{{"sheet", row.sheet},
                                   {"row", row.row},
                                   {"flag_id", row.flag_id},
                                   {"why", chinese() ? row.why.zh : row.why.en}});
  return json::serialize(json::object{{"true", imported.found_true},
                                      {"false", imported.found_false},
                                      {"cannot_tell", imported.cannot_tell},
                                      {"known", imported.known},
                                      {"blank", imported.blank},
                                      {"refused", std::move(refused)},
                                      {"dry_run", dry_run}});
}

}  // namespace

int run_flag_import(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui flag import -w DIR FILE.xlsx|FILE.csv --by NAME [--as village|"
                       "township] [--on DATE] [--dry-run] [--strict]"};
  add_workspace_options(line);
  const auto text = [&](const char* name, const char* value, const char* initially,
                        std::string_view description) {
    add_option(line, name, po::value<std::string>()->default_value(initially)->value_name(value),
               description);
  };
  text("by", "NAME", "",
       say("由谁导入（核查人写在表里）", "who imports (who checked stands in the file)"));
  text("as", "ROLE", "village",
       say("核查人的身份：village 村、township 乡镇", "of those who checked: village or township"));
  text("on", "DATE", "", say("办理日期，默认今天", "the day of the steps; default: today"));
  add_switch(line, "dry-run", say("只检查，不导入", "only check"));
  add_switch(line, "strict",
             say("有没能导入的行时以状态 1 结束", "exit status 1 where a row was not taken"));
  add_json_option(line);
  line.hidden.add_options()("file", po::value<std::string>());
  line.positional.add("file", 1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto given = [&](const char* name) { return (*values)[name].as<std::string>(); };
  const auto role = flag::parse_role(given("as"));
  if (values->count("file") == 0)
    return wrong_usage(line, say("请给出填好的任务清单", "name the task list that was filled in"));
  if (given("by").empty())
    return wrong_usage(line, say("须写明由谁导入（--by）", "say who imports it (--by)"));
  if (role != flag::Role::kVillage && role != flag::Role::kTownship)
    return wrong_usage(line,
                       say("--as 取 village 村、township 乡镇", "--as is village or township"));
  const auto day =
      day_option(line, "--on", given("on").empty() ? workspace::local_day() : given("on"), status);
  if (!day) return status;
  const bool dry_run = values->count("dry-run") != 0;
  auto workspace =
      open_workspace(*values, dry_run ? store::Access::kReadOnly : store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto imported = workspace::import_outcomes(*workspace, given("file"),
                                                   {.role = *role,
                                                    .by = given("by"),
                                                    .on = *day,
                                                    .recorded = workspace::local_time(),
                                                    .dry_run = dry_run});
  if (!imported) return fail(imported.error());
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", imported_json(*imported, dry_run));
  } else {
    print_imported(*imported, dry_run);
  }
  return values->count("strict") != 0 && !imported->refused.empty() ? kCheckFailed : kDone;
}

}  // namespace bidui::cli
