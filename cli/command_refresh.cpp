#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/refresh.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using Deliveries = std::vector<store::DeliveryInfo>;

std::string refreshed_json(const Deliveries& refreshed) {
  json::array list;
  for (const store::DeliveryInfo& d : refreshed) {
    list.push_back(json::object{{"instance", d.instance},
                                {"coverage", d.coverage},
                                {"as_of", d.as_of},
                                {"records", d.record_count}});
  }
  return json::serialize(json::object{{"refreshed", std::move(list)}}) + "\n";
}

std::string refreshed_text(const Deliveries& refreshed) {
  if (refreshed.empty())
    return std::string(say("数据都已按本版本标准化\n", "everything is of this version already\n"));
  std::string text(say("已按本版本重新标准化：\n", "standardised anew by this version:\n"));
  Table table({{""}, {"", Align::kRight}}, 2);
  for (const store::DeliveryInfo& d : refreshed)
    table.add({store::delivery_name(d), grouped(d.record_count)});
  return text + table.text() +
         std::string(
             say("关联模型没有变；要按新的标准化重新训练：bidui model train\n",
                 "the linkage model did not change; to train it anew: bidui model train\n"));
}

}  // namespace

int run_refresh(const Arguments& arguments) {
  CommandLine line{.usage = "bidui refresh -w DIR"};
  add_workspace_options(line);
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  ProgressPrinter printer;
  const auto refreshed = workspace::refresh_deliveries(*workspace, printer.callback());
  printer.finish();
  if (!refreshed) return fail(refreshed.error());
  fmt::print(output(), "{}",
             values->count("json") != 0 ? refreshed_json(*refreshed) : refreshed_text(*refreshed));
  return kDone;
}

}  // namespace bidui::cli
