#include <fmt/format.h>

#include "cli/explanation_table.h"
#include "cli/locale_option.h"
#include "cli/options.h"
#include "cli/workspace_option.h"
#include "workspace/explanation_json.h"
#include "workspace/explanation_text.h"

namespace bidui::cli {

int run_explain(const Arguments& arguments) {
  CommandLine line{.usage = "bidui explain -w DIR SOURCE:KEY SOURCE:KEY [--locale zh|en] [--json]"};
  add_workspace_options(line);
  add_locale_option(line);
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  const auto& records = (*values)["words"].as<std::vector<std::string>>();
  if (records.size() != 2)
    return wrong_usage(line, say("要两条记录，写作 来源:记录号", "two records, as SOURCE:KEY"));
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto explanation = workspace::explain(*workspace, records[0], records[1]);
  if (!explanation) return fail(explanation.error());
  if (values->count("json") != 0) {
    fmt::print("{}\n", workspace::explanation_json(*explanation, *locale));
    return kDone;
  }
  fmt::print("{}", explanation_table(workspace::explanation_text(*explanation, *locale), *locale));
  return kDone;
}

}  // namespace bidui::cli
