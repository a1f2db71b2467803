// bidui history: natural increase and decrease of a list between two deliveries.
#include <fmt/format.h>

#include "cli/history_text.h"
#include "cli/list_options.h"
#include "cli/workspace_option.h"

namespace bidui::cli {

int run_history(const Arguments& arguments) {
  CommandLine line{.usage = "bidui history -w DIR SOURCE [--from DATE] [--to DATE]"};
  add_workspace_options(line);
  add_text_option(line, "from", "DATE", "",
                  say("较早的一批，默认是前一批", "the earlier list, by default the one before"));
  add_text_option(line, "to", "DATE", "",
                  say("较晚的一批，默认是最新一批", "the later list, by default the newest"));
  add_limit_option(line, say("最多列多少人，0 为全部", "persons shown, 0 for all"));
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto lists = (*values)["words"].as<std::vector<std::string>>();
  if (lists.size() != 1) return wrong_usage(line, say("请给出一个来源", "name one source"));
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto changes = workspace::source_changes(
      *workspace,
      {.instance = lists[0], .from = text_value(*values, "from"), .to = text_value(*values, "to")});
  if (!changes) return fail(changes.error());
  const auto limit = wanted_limit(*values);
  fmt::print(output(), "{}",
             values->count("json") != 0 ? changes_json(*changes, limit) + "\n"
                                        : changes_text(*changes, limit));
  return kDone;
}

}  // namespace bidui::cli
