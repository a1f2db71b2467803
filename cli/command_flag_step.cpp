// bidui flag assign|check|dismiss|notify|contest|decide|rectify|confirm|close|return
#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <fmt/format.h>
#include <map>

#include "cli/command_flag.h"
#include "cli/disposition_text.h"
#include "cli/flag_filter_options.h"
#include "cli/step_options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/take_steps.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using flag::Action;
using workspace::StepsTaken;

// How many went from which state to which, most first.
void print_taken(Action action, const StepsTaken& taken, bool dry_run) {
  std::map<std::pair<flag::State, flag::State>, std::vector<std::string>> moves;
  for (const StepsTaken::One& one : taken.steps) moves[{one.from, one.to}].push_back(one.flag_id);
  constexpr std::size_t kNamed = 5;
  for (const auto& [move, ids] : moves) {
    fmt::print(output(), "{}{} → {}  {}{}\n", dry_run ? say("将会 ", "would be ") : "",
               title_of(flag::word_of(move.first)),
               state_text(move.second, action == Action::kConfirm),
               fmt::format(fmt::runtime(say("{} 个疑点", "{} flags")), grouped(ids.size())),
               ids.size() <= kNamed ? "  " + fmt::format("{}", fmt::join(ids, " ")) : "");
  }
  if (taken.cannot_links_added != 0)
    fmt::print(output(), "{}\n",
               fmt::format(fmt::runtime(say("认定 {} 对记录不是同一人，下次 bidui compare 起生效",
                                            "{} pairs of records decided not to be one "
                                            "person; holds from the next bidui compare on")),
                           grouped(taken.cannot_links_added)));
  if (taken.cannot_links_removed != 0)
    fmt::print(output(), "{}\n",
               say("取消“不是同一人”的认定，下次 bidui compare 起生效",
                   "what was decided about records not being one person is taken back from "
                   "the next bidui compare on"));
  print_beyond_cap(taken.beyond);
  if (!taken.why_left_out) return;
  fmt::print(output(), "{}{}\n",
             fmt::format(fmt::runtime(say("另有 {} 个符合条件，但不能这样办理，未动；例如 ",
                                          "{} more pass the filter, but are left as they are; ")),
                         grouped(taken.left_out)),
             chinese() ? taken.why_left_out->describe_zh() : taken.why_left_out->describe());
}

void print_json(const StepsTaken& taken, bool dry_run) {
  json::array steps;
  for (const StepsTaken::One& one : taken.steps) {
    steps.push_back(json::object{{"flag_id", one.flag_id},
                                 {"from", flag::word_of(one.from).name},
                                 {"to", flag::word_of(one.to).name}});
  }
  fmt::print(output(), "{}\n",
             json::serialize(json::object{
                 {"steps", steps}, {"left_out", taken.left_out}, {"dry_run", dry_run}}));
}

}  // namespace

int run_flag_step(Action action, const Arguments& arguments) {
  StepLine step(action);
  int status = kDone;
  const auto values = parse(step.line(), arguments, status);
  if (!values) return status;
  std::vector<std::string> ids;
  if (values->count("flags") != 0) ids = (*values)["flags"].as<std::vector<std::string>>();
  for (std::string& id : ids)
    std::ranges::transform(id, id.begin(), [](unsigned char c) { return std::toupper(c); });
  const bool by_filter = filters_flags(*values);
  if (ids.empty() != by_filter) {
    return wrong_usage(step.line(),
                       say("请给出疑点编号，或者筛选条件（--rule、--township、--state …）",
                           "name flags, or a filter (--rule, --township, --state, …), "
                           "not both"));
  }
  const auto filter = flag_filter(step.line(), *values, status);
  if (!filter) return status;
  if (!step.read(*values, status)) return status;
  const workspace::StepOrder& order = step.order();
  auto workspace =
      open_workspace(*values, order.dry_run ? store::Access::kReadOnly : store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto taken = by_filter ? workspace::take_steps_where(*workspace, *filter, order)
                               : workspace::take_steps(*workspace, ids, order);
  if (!taken) return fail(taken.error());
  for (const workspace::UnknownPlace& place : taken->unknown) print_unknown(place);
  if (values->count("json") != 0) {
    print_json(*taken, order.dry_run);
  } else {
    print_taken(action, *taken, order.dry_run);
  }
  return kDone;
}

}  // namespace bidui::cli
