// bidui check: whether all of a workspace is as it was written.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "store/key_file.h"
#include "workspace/check_workspace.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::Finding;
using workspace::WorkspaceCheck;

std::string in_language(const Bilingual& text) { return chinese() ? text.zh : text.en; }

void print_json(const WorkspaceCheck& check) {
  json::array findings;
  for (const Finding& finding : check.findings)
    findings.push_back({{"kind", finding.kind},
                        {"place", finding.place},
                        {"what", in_language(finding.what)},
                        {"advice", in_language(finding.advice)},
                        {"harmless", finding.harmless}});
  fmt::print(output(), "{}\n",
             json::serialize(json::object{{"holds", check.holds()},
                                          {"deliveries", check.deliveries},
                                          {"records", check.records},
                                          {"runs", check.runs},
                                          {"flags", check.flags},
                                          {"journal_entries", check.journal_entries},
                                          {"findings", std::move(findings)}}));
}

void print_text(const WorkspaceCheck& check) {
  for (const Finding& finding : check.findings)
    fmt::print(output(), "{}{}{}{}\n  {}\n", finding.harmless ? "  " : say("✗ ", "! "),
               finding.place, finding.place.empty() ? "" : say("：", ": "),
               in_language(finding.what), in_language(finding.advice));
  fmt::print(output(), "{}\n",
             fmt::format(fmt::runtime(say(
                             "核对了 {} 批数据 {} 条记录、{} 次比对、{} 条疑点、{} 条日志",
                             "checked {} deliveries of {} records, {} runs, {} flags, {} entries "
                             "of the journal")),
                         check.deliveries, grouped(check.records), check.runs, grouped(check.flags),
                         grouped(check.journal_entries)));
  fmt::print(output(), "{}\n",
             check.holds()
                 ? say("都与写入时一致", "all is as it was written")
                 : say("有的与写入时不同，见上", "not all is as it was written, see above"));
}

}  // namespace

int run_check(const Arguments& arguments) {
  CommandLine line{.usage = "bidui check -w DIR [--json]"};
  add_workspace_options(line);
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const std::filesystem::path key = key_file(*values);
  const auto check = workspace::check_workspace(
      *workspace, key.empty() ? store::default_key_file(workspace->directory()) : key);
  if (!check) return fail(check.error());
  if (values->count("json") != 0) {
    print_json(*check);
  } else {
    print_text(*check);
  }
  return check->holds() ? kDone : kCheckFailed;
}

}  // namespace bidui::cli
