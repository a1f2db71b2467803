#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/workspace_option.h"
#include "store/journal.h"

namespace bidui::cli {
namespace {

using store::JournalCheck;

std::string fault_text(const JournalCheck& check) {
  const Bilingual text = store::journal_fault_text(check);
  return chinese() ? text.zh : text.en;
}

int verify(const po::variables_map& values, const std::optional<store::JournalHead>& known) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto check = workspace->store().verify_journal(known);
  if (!check) return fail(check.error());
  const bool holds = check->fault == JournalCheck::Fault::kNone;
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n",
               boost::json::serialize(
                   boost::json::object{{"holds", holds},
                                       {"fault", fault_text(*check)},
                                       {"head", store::journal_head_text(check->head)}}));
  } else if (holds) {
    fmt::print(output(), "{}\n{} {}\n",
               fmt::format(fmt::runtime(say("日志共 {} 条，前后相接，没有改动",
                                            "{} entries, each follows from the one before")),
                           check->head.number),
               say("校验值（可另行抄存，以后用 --head 核对）：",
                   "head (note it elsewhere; check against it later by --head):"),
               store::journal_head_text(check->head));
  } else {
    fmt::print(output(), "{}{}\n", say("日志不对：", "the journal does not hold: "),
               fault_text(*check));
  }
  return holds ? kDone : kCheckFailed;
}

// The head, to be noted elsewhere: against it a journal that was cut short or written anew is
// known.
int anchor(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto head = workspace->store().journal_head();
  if (!head) return fail(head.error());
  const std::string text = store::journal_head_text(*head);
  if (values.count("json") != 0) {
    fmt::print(
        output(), "{}\n",
        boost::json::serialize(boost::json::object{{"entries", head->number}, {"head", text}}));
  } else {
    fmt::print(output(), "{}\n", text);
  }
  return kDone;
}

}  // namespace

int run_audit(const Arguments& arguments) {
  CommandLine line{.usage = "bidui audit -w DIR verify [--head HEAD] | anchor"};
  add_workspace_options(line);
  add_option(line, "head", po::value<std::string>()->default_value("")->value_name("HEAD"),
             say("以前记下的校验值：日志须由它接下来",
                 "a head noted earlier: the journal must have gone on from it"));
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto words = (*values)["words"].as<std::vector<std::string>>();
  if (words == std::vector<std::string>{"anchor"}) return anchor(*values);
  if (words != std::vector<std::string>{"verify"})
    return wrong_usage(line, say("请用 verify 或 anchor", "use verify or anchor"));
  const std::string head = (*values)["head"].as<std::string>();
  const auto known = store::parse_journal_head(head);
  if (!head.empty() && !known)
    return wrong_usage(line, say("--head 不是校验值（条数-64 位十六进制数）",
                                 "--head is no head (number-64 hexadecimal digits)"));
  return verify(*values, known);
}

}  // namespace bidui::cli
