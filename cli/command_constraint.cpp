#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/record_argument.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/constraint.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::Constraint;

json::object constraint_json(const Constraint& c) {
  return {{"left", c.left},
          {"right", c.right},
          {"by", c.by},
          {"reason", c.reason},
          {"origin", c.origin}};
}

// "review S0001" as people say it.
std::string origin_title(const std::string& origin) {
  if (origin == workspace::kByHand) return std::string(say("手工", "by hand"));
  if (!chinese()) return origin;
  if (origin.starts_with("review ")) return "复核 " + origin.substr(7);
  if (origin.starts_with("flag ")) return "疑点 " + origin.substr(5);
  return origin;
}

int list(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto constraints = workspace::load_constraints(workspace->store());
  if (!constraints) return fail(constraints.error());
  if (values.count("json") != 0) {
    json::array array;
    for (const Constraint& c : *constraints) array.push_back(constraint_json(c));
    fmt::print(output(), "{}\n", json::serialize(array));
    return kDone;
  }
  Table table({{say("记录", "record")},
               {say("记录", "record")},
               {say("何人认定", "by")},
               {say("出处", "from")},
               {say("理由", "reason")}});
  for (const Constraint& c : *constraints)
    table.add({c.left, c.right, c.by, origin_title(c.origin), c.reason});
  if (!table.empty()) fmt::print(output(), "{}\n", table.text());
  fmt::print(output(), "{}\n",
             chinese() ? fmt::format("共 {} 对认定不是同一人", constraints->size())
                       : fmt::format("{} pairs decided not to be one person", constraints->size()));
  return kDone;
}

int add(const po::variables_map& values, const Constraint& constraint) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto added = workspace::add_constraint(*workspace, constraint);
  if (!added) return fail(added.error());
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(constraint_json(*added)));
    return kDone;
  }
  fmt::print(output(), "{} — {}\n{}\n", added->left, added->right,
             say("已认定不是同一人，下次 bidui compare 起生效",
                 "decided not to be one person; holds from the next bidui compare on"));
  return kDone;
}

int remove(const po::variables_map& values, const Constraint& constraint) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const Status removed =
      workspace::remove_constraint(*workspace, constraint.left, constraint.right);
  if (!removed) return fail(removed.error());
  fmt::print(
      output(), "{}\n",
      say("已取消，下次 bidui compare 起生效", "removed; holds from the next bidui compare on"));
  return kDone;
}

CommandLine command_line() {
  CommandLine line{.usage =
                       "bidui constraint -w DIR list [--json]\n"
                       "      bidui constraint -w DIR add SOURCE:KEY SOURCE:KEY --as PERSON "
                       "--reason TEXT\n"
                       "      bidui constraint -w DIR remove SOURCE:KEY SOURCE:KEY"};
  add_workspace_options(line);
  add_option(line, "as", po::value<std::string>()->default_value("")->value_name("PERSON"),
             say("由谁认定", "who decided"));
  add_option(line, "reason", po::value<std::string>()->default_value("")->value_name("TEXT"),
             say("理由", "why"));
  add_json_option(line);
  add_arguments(line, "words");
  return line;
}

}  // namespace

int run_constraint(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  if (words.size() == 1 && words[0] == "list") return list(*values);
  if (words.size() != 3 || (words[0] != "add" && words[0] != "remove")) {
    return wrong_usage(line, say("请用 list，或 add、remove 加两条记录",
                                 "list, or add or remove with two records"));
  }
  for (const std::string& record : {words[1], words[2]}) {
    if (const auto problem = record_argument_problem(record_argument(record)))
      return wrong_usage(line, *problem);
  }
  const Constraint constraint{.left = record_argument(words[1]),
                              .right = record_argument(words[2]),
                              .by = (*values)["as"].as<std::string>(),
                              .reason = (*values)["reason"].as<std::string>(),
                              .origin = std::string(workspace::kByHand)};
  return words[0] == "add" ? add(*values, constraint) : remove(*values, constraint);
}

}  // namespace bidui::cli
