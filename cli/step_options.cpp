#include "cli/step_options.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/disposition_text.h"
#include "cli/flag_filter_options.h"
#include "cli/record_argument.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/flag/transition.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

using flag::Action;

// The people who may take the step, in the order of the table; for "return" everyone above.
std::vector<flag::Role> roles_of(Action action) {
  if (action == Action::kReturn) return {flag::Role::kTownship, flag::Role::kCounty};
  std::vector<flag::Role> roles;
  for (const flag::Transition& t : flag::transitions()) {
    if (t.action != action) continue;
    for (const flag::Role role : t.roles) {
      if (role != flag::Role::kProgram && std::ranges::find(roles, role) == roles.end())
        roles.push_back(role);
    }
  }
  return roles;
}

// "true 属实、false 不属实": the words that an option takes.
template <typename Value>
std::string choices(std::initializer_list<Value> values) {
  std::vector<std::string> words;
  for (const Value value : values) {
    const flag::Word& word = flag::word_of(value);
    words.push_back(std::string(word.name) + (chinese() ? " " + std::string(word.zh) : ""));
  }
  return joined(words);
}

std::string role_choices(Action action) {
  std::vector<std::string> words;
  for (const flag::Role role : roles_of(action)) {
    const flag::Word& word = flag::word_of(role);
    words.push_back(std::string(word.name) + (chinese() ? " " + std::string(word.zh) : ""));
  }
  return joined(words);
}

std::string reason_choices(std::initializer_list<flag::Outcome> outcomes) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < flag::kReasons; ++i) {
    const auto reason = static_cast<flag::Reason>(i);
    if (std::ranges::any_of(outcomes,
                            [&](flag::Outcome o) { return flag::reason_fits(reason, o); }))
      words.push_back(choices({reason}));
  }
  return joined(words);
}

std::string own_options(Action action) {
  switch (action) {
    case Action::kAssign:
      return " [--to X] [--deadline DATE]";
    case Action::kCheck:
      return " --outcome O --reason R --visited DATE --note TEXT";
    case Action::kDismiss:
      return " --until DATE [--reason R] [--link A B]";
    case Action::kNotify:
      return " [--told DATE]";
    case Action::kDecide:
      return " --decision D --note TEXT";
    case Action::kRectify:
      return " --note TEXT --where X";
    case Action::kContest:
    case Action::kClose:
    case Action::kReturn:
      return " --note TEXT";
    case Action::kConfirm:
    case Action::kReopen:
      return {};
  }
  return {};
}

}  // namespace

StepLine::StepLine(Action action) : action_(action) {
  usage_ =
      fmt::format("bidui flag {} -w DIR FLAG_ID… | --rule R --township T … --as ROLE --by NAME{}",
                  flag::word_of(action).name, own_options(action));
  line_.usage = usage_;
  add_workspace_options(line_);
  text("as", "ROLE", std::string(say("以什么身份办理：", "for whom: ")) + role_choices(action));
  text("by", "NAME", say("由谁办理", "who does it"));
  add_own_options();
  text("note", "TEXT", say("说明：情况、理由、改了什么", "in words: what, why"));
  text("on", "DATE", say("办理日期，默认今天", "the day of the step; default: today"));
  add_flag_filter_options(line_);
  add_switch(line_, "dry-run", say("只看会办理几个，不办理", "only say how many it would be"));
  add_json_option(line_);
  line_.hidden.add_options()("flags", po::value<std::vector<std::string>>());
  line_.positional.add("flags", -1);
}

bool StepLine::read(const po::variables_map& values, int& status) {
  const auto given = [&](const char* name) { return values[name].as<std::string>(); };
  const auto role = flag::parse_role(given("as"));
  if (!role || *role == flag::Role::kProgram) {
    status = wrong_usage(line_, std::string(say("须写明以什么身份办理（--as）：",
                                                "say for whom it is done (--as): ")) +
                                    role_choices(action_));
    return false;
  }
  order_.step.action = action_;
  order_.step.role = *role;
  order_.step.by = given("by");
  order_.step.note = given("note");
  order_.recorded = workspace::local_time();
  order_.dry_run = values.count("dry-run") != 0;
  return read_words(values, status) && read_days(values, status) && read_link(values, status);
}

void StepLine::text(const char* name, const char* value, std::string_view description) {
  add_option(line_, name, po::value<std::string>()->default_value("")->value_name(value),
             description);
}

void StepLine::add_own_options() {
  using enum flag::Outcome;
  if (action_ == Action::kAssign) {
    text("to", "X",
         say("交给哪个村或谁，默认疑点所在的村",
             "to which village or whom; default: the flag's village"));
    text("deadline", "DATE",
         say("办结期限，默认按规则的核查时限",
             "until when it must be checked; default: as the rule says"));
  } else if (action_ == Action::kCheck) {
    text(
        "outcome", "O",
        std::string(say("核实结果：", "what was found: ")) + choices({kTrue, kFalse, kCannotTell}));
    text("reason", "R",
         std::string(say("原因：", "why: ")) + reason_choices({kTrue, kFalse, kCannotTell}));
    text("visited", "DATE", say("入户日期", "the day of the visit"));
  } else if (action_ == Action::kDismiss) {
    text("reason", "R",
         std::string(say("默认同核实时的原因：", "default: that of the check: ")) +
             reason_choices({kFalse}));
    text("until", "DATE",
         say("有效期至：此日以前证据不变就不再立案",
             "the last day on which it holds while the evidence is the same"));
    add_option(
        line_, "link", po::value<std::vector<std::string>>()->multitoken()->value_name("A B"),
        say("原因为关联错误时：哪两条记录（来源:编号）不是同一人；证据里只有一个关联时不必写",
            "for a wrong link: the two records (source:key) that are not one person; not "
            "needed where the evidence has one link only"));
  } else if (action_ == Action::kNotify) {
    text("told", "DATE",
         say("告知农户的日期，默认办理日期",
             "the day on which the household was told; default: the step's"));
  } else if (action_ == Action::kDecide) {
    text("decision", "D",
         std::string(say("决定：", "what is decided: ")) + choices({kAdverse, kCorrect, kLeave}));
  } else if (action_ == Action::kRectify) {
    text("where", "X", say("在哪个来源或系统中改", "in which source or system it was changed"));
  }
}

bool StepLine::read_words(const po::variables_map& values, int& status) {
  flag::Step& step = order_.step;
  const auto given = [&](const char* name) {
    return values.count(name) == 0 ? std::string() : values[name].as<std::string>();
  };
  step.assignee = given("to");
  step.where = given("where");
  const char* const outcome_name = action_ == Action::kDecide ? "decision" : "outcome";
  const std::string outcome = given(outcome_name);
  const std::string reason = given("reason");
  step.outcome = flag::parse_outcome(outcome).value_or(flag::Outcome::kNone);
  step.reason = flag::parse_reason(reason).value_or(flag::Reason::kNone);
  using enum flag::Outcome;
  const bool decides = action_ == Action::kDecide;
  const bool fits =
      decides ? step.outcome >= kAdverse : step.outcome >= kTrue && step.outcome <= kCannotTell;
  if ((decides || action_ == Action::kCheck) && !fits) {
    status = wrong_usage(line_, fmt::format("--{}{}{}", outcome_name, say(" 取：", " is one of: "),
                                            decides ? choices({kAdverse, kCorrect, kLeave})
                                                    : choices({kTrue, kFalse, kCannotTell})));
    return false;
  }
  if (!reason.empty() && step.reason == flag::Reason::kNone) {
    status = wrong_usage(line_, std::string(say("--reason 取：", "--reason is one of: ")) +
                                    reason_choices({kTrue, kFalse, kCannotTell}));
    return false;
  }
  return true;
}

bool StepLine::read_days(const po::variables_map& values, int& status) {
  flag::Step& step = order_.step;
  const std::string on = values["on"].as<std::string>();
  const auto day = day_option(line_, "--on", on.empty() ? workspace::local_day() : on, status);
  if (!day) return false;
  step.on = *day;
  const auto word = date_word(action_);
  const std::string date = word ? values[word->option].as<std::string>() : "";
  if (date.empty()) return true;
  step.date = day_option(line_, std::string("--") + word->option, date, status);
  return step.date.has_value();
}

bool StepLine::read_link(const po::variables_map& values, int& status) {
  if (values.count("link") == 0) return true;
  const auto& records = values["link"].as<std::vector<std::string>>();
  if (records.size() != 2) {
    status = wrong_usage(line_, say("--link 后写两条记录（来源:编号），放在最后",
                                    "--link takes two records (source:key); put it last"));
    return false;
  }
  for (const std::string& record : records) {
    if (const auto problem = record_argument_problem(record_argument(record))) {
      status = wrong_usage(line_, *problem);
      return false;
    }
  }
  order_.left = record_argument(records[0]);
  order_.right = record_argument(records[1]);
  return true;
}

}  // namespace bidui::cli
