#include <fmt/format.h>

#include "cli/explanation_table.h"
#include "cli/locale_option.h"
#include "cli/options.h"
#include "cli/record_argument.h"
#include "cli/workspace_option.h"
#include "connectors/report/explanation_page.h"
#include "workspace/explanation_json.h"
#include "workspace/explanation_text.h"
#include "workspace/text_file.h"

namespace bidui::cli {

int run_explain(const Arguments& arguments) {
  CommandLine line{
      .usage =
          "bidui explain -w DIR SOURCE:KEY SOURCE:KEY [--locale zh|en] [--json] [--html FILE]"};
  add_workspace_options(line);
  add_locale_option(line);
  add_json_option(line);
  add_option(line, "html", po::value<std::string>()->value_name("FILE"),
             say("另存为一页可打印的图（离线可看）", "write a page with the waterfall as well"));
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  std::vector<std::string> records = (*values)["words"].as<std::vector<std::string>>();
  if (records.size() != 2)
    return wrong_usage(line, say("要两条记录，写作 来源:记录号", "two records, as SOURCE:KEY"));
  for (std::string& record : records) {
    record = record_argument(record);
    if (const auto problem = record_argument_problem(record)) return wrong_usage(line, *problem);
  }
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto explanation = workspace::explain(*workspace, records[0], records[1]);
  if (!explanation) {
    const int failed = fail(explanation.error());
    if (explanation.error().code == ErrorCode::kNotFound)
      fmt::print(error_output(), "{}\n", record_key_hint());
    return failed;
  }
  const auto text = workspace::explanation_text(*explanation, *locale);
  if (values->count("html") != 0) {
    const std::filesystem::path file = (*values)["html"].as<std::string>();
    const Status written =
        workspace::write_text_file(file, connectors::report::explanation_page(text, *locale));
    if (!written) return fail(written.error());
    fmt::print(error_output(), "{} {}\n", say("结果写入", "written to"), file.string());
  }
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", workspace::explanation_json(*explanation, *locale));
    return kDone;
  }
  fmt::print(output(), "{}", explanation_table(text, *locale));
  return kDone;
}

}  // namespace bidui::cli
