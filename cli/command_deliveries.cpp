#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/act.h"
#include "cli/command.h"
#include "cli/locale_option.h"
#include "cli/quality_command.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/deliveries.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using store::DeliveryInfo;
using workspace::ListedDelivery;

json::object delivery_json(const DeliveryInfo& d) {
  return {{"id", static_cast<std::uint32_t>(d.id)},
          {"name", store::delivery_name(d)},
          {"source", d.instance},
          {"coverage", d.coverage},
          {"as_of", d.as_of},
          {"held", d.held},
          {"files", json::array(d.files.begin(), d.files.end())},
          {"content_hash", d.content_hash},
          {"rows",
           {{"read", d.rows.read},
            {"loaded", d.rows.loaded},
            {"rejected", d.rows.rejected},
            {"skipped", d.rows.skipped}}}};
}

void print_list(const std::vector<ListedDelivery>& deliveries) {
  Table table({{say("编号", "id"), Align::kRight},
               {say("来源", "source")},
               {say("范围", "coverage")},
               {say("日期", "as of")},
               {say("导入行", "rows"), Align::kRight},
               {say("退回", "rejected"), Align::kRight, true},
               {say("跳过", "skipped"), Align::kRight, true},
               {say("比对用", "counts")},
               {say("文件", "files")}});
  for (const ListedDelivery& d : deliveries) {
    table.add({std::to_string(static_cast<std::uint32_t>(d.info.id)), d.info.instance,
               d.info.coverage, d.info.as_of, grouped(d.info.rows.loaded),
               grouped(d.info.rows.rejected), grouped(d.info.rows.skipped),
               std::string(d.info.held ? say("待定", "held")
                           : d.counts  ? say("是", "yes")
                                       : say("旧", "older")),
               joined(d.info.files)});
  }
  if (!table.empty()) fmt::print(output(), "{}\n", table.text());
  fmt::print(output(), "{}\n",
             chinese() ? fmt::format("共 {} 批数据", deliveries.size())
                       : fmt::format("{} deliveries", deliveries.size()));
}

int list(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const std::vector<ListedDelivery> deliveries = workspace::list_deliveries(*workspace);
  if (values.count("json") == 0) {
    print_list(deliveries);
    return kDone;
  }
  json::array array;
  for (const ListedDelivery& d : deliveries) {
    json::object object = delivery_json(d.info);
    object["counts"] = d.counts;
    array.push_back(std::move(object));
  }
  fmt::print(output(), "{}\n", json::serialize(array));
  return kDone;
}

using Change = Result<DeliveryInfo> (*)(workspace::Workspace&, std::string_view,
                                        const workspace::Act&);

// accept, refuse: of a held delivery. `done`: the member of the JSON, and what is said.
int settle(const po::variables_map& values, const std::string& name, Change change,
           std::string_view member, std::string_view said) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto settled = change(*workspace, name, this_act());
  if (!settled) return fail(settled.error());
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(json::object{{member, delivery_json(*settled)}}));
  } else {
    fmt::print(output(), "{} {}  {} {}\n", said, store::delivery_name(*settled),
               grouped(settled->record_count), say("条记录", "records"));
  }
  return kDone;
}

int withdraw(const po::variables_map& values, const std::string& name) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto withdrawn = workspace::withdraw_delivery(*workspace, name, this_act());
  if (!withdrawn) return fail(withdrawn.error());
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n",
               json::serialize(json::object{{"withdrawn", delivery_json(*withdrawn)}}));
    return kDone;
  }
  fmt::print(
      output(), "{} {}  {} {}\n{}\n", say("已撤回", "withdrawn:"), store::delivery_name(*withdrawn),
      grouped(withdrawn->record_count), say("条记录", "records"),
      say("以前的比对和报告不变；下次 bidui compare 起不再使用这批数据。要恢复，请重新导入",
          "earlier runs and reports stay; the next bidui compare goes without it. To have it "
          "back, import it again"));
  return kDone;
}

}  // namespace

int run_deliveries(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui deliveries -w DIR [list] [--json]\n"
                       "      bidui deliveries -w DIR quality SOURCE:COVERAGE:DATE [--html FILE] "
                       "[--json]\n"
                       "      bidui deliveries -w DIR accept | refuse | withdraw "
                       "SOURCE:COVERAGE:DATE [--json]"};
  add_workspace_options(line);
  add_option(line, "html", po::value<std::string>()->value_name("FILE"),
             say("quality：写成网页", "quality: write it as a page"));
  add_locale_option(line);
  add_json_option(line);
  line.hidden.add_options()("words", po::value<std::vector<std::string>>());
  line.positional.add("words", -1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  std::vector<std::string> words{"list"};
  if (values->count("words") != 0) words = (*values)["words"].as<std::vector<std::string>>();
  if (words.size() == 1 && words[0] == "list") return list(*values);
  if (words.size() == 2 && words[0] == "quality") return show_quality(line, *values, words[1]);
  if (words.size() == 2 && words[0] == "accept")
    return settle(*values, words[1], workspace::accept_delivery, "accepted",
                  say("已计入", "accepted:"));
  if (words.size() == 2 && words[0] == "refuse")
    return settle(*values, words[1], workspace::refuse_delivery, "refused",
                  say("已拒收，如同没有来过", "refused, as if it had never come:"));
  if (words.size() == 2 && words[0] == "withdraw") return withdraw(*values, words[1]);
  return wrong_usage(
      line, say("请用 list，或 quality、accept、refuse、withdraw 加一批数据的名称，如 "
                "poverty:340826:2017-11-20",
                "list; or quality, accept, refuse or withdraw and the name of a delivery, such as "
                "poverty:340826:2017-11-20"));
}

}  // namespace bidui::cli
