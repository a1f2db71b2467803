#include "cli/disposition_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <numeric>

#include "cli/console.h"
#include "cli/table.h"
#include "matcher/flag/transition.h"
#include "matcher/rule/calendar.h"
#include "workspace/step_words.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using connectors::report::percent;
using flag::Action;
using workspace::KeptStep;
using workspace::RulePrecision;

workspace::Locale locale() {
  return chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish;
}

std::string next_text(const workspace::ShownFlag& flag) {
  std::vector<std::string> choices;
  for (const flag::Choice& choice :
       flag::possible_steps(flag.done.disposition, {.touches = flag.touches})) {
    if (choice.roles.empty()) continue;
    std::string text(title_of(flag::word_of(choice.action)));
    if (choice.outcome != flag::Outcome::kNone)
      text += fmt::format(" {}", title_of(flag::word_of(choice.outcome)));
    choices.push_back(text +
                      fmt::format(fmt::runtime(say("（{}）", " ({})")), roles_text(choice.roles)));
  }
  return joined(choices);
}

// "" without a step.
std::string steps_table(const workspace::ShownFlag& flag) {
  if (flag.steps.empty()) return {};
  Table table({{"", Align::kRight},
               {say("日期", "day")},
               {say("办理人", "by")},
               {say("办理", "step")},
               {say("之后", "then")}},
              2);
  bool changed = false;
  for (std::size_t i = 0; i < flag.steps.size(); ++i) {
    const KeptStep& kept = flag.steps[i];
    const flag::Step& step = kept.taken.step;
    const bool differs = kept.taken.evidence_hash != flag.state.flag.evidence_hash;
    changed = changed || differs;
    table.add({std::to_string(i + 1) + (differs ? "*" : ""), day_text(step.on),
               fmt::format("{} {}", title_of(flag::word_of(step.role)), step.by),
               workspace::step_words(kept, locale()),
               state_text(kept.taken.to, step.action == Action::kConfirm)});
  }
  std::string text = table.text();
  if (changed)
    text += fmt::format(
        fmt::runtime(say("  * 当时的证据与现在不同：bidui flag show {} --step N\n",
                         "  * on other evidence than now: bidui flag show {} --step N\n")),
        flag.state.flag.flag_id);
  return text;
}

std::uint64_t in_hand(const RulePrecision& rule) {
  const std::uint64_t all =
      std::accumulate(rule.by_state.begin(), rule.by_state.end(), std::uint64_t{0});
  const auto of = [&](flag::State state) { return rule.by_state[static_cast<std::size_t>(state)]; };
  return all - of(flag::State::kOpen) - of(flag::State::kDismissed) - of(flag::State::kClosed);
}

}  // namespace

std::string_view title_of(const flag::Word& word) { return say(word.zh, word.en); }

std::optional<DateWord> date_word(Action action) {
  const std::string_view title = workspace::step_date_title(action, locale());
  switch (action) {
    case Action::kAssign:
      return DateWord{"deadline", title};
    case Action::kCheck:
      return DateWord{"visited", title};
    case Action::kDismiss:
      return DateWord{"until", title};
    case Action::kNotify:
      return DateWord{"told", title};
    case Action::kContest:
    case Action::kDecide:
    case Action::kRectify:
    case Action::kConfirm:
    case Action::kClose:
    case Action::kReturn:
    case Action::kReopen:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string roles_text(const std::vector<flag::Role>& roles) {
  std::vector<std::string> names;
  for (const flag::Role role : roles) names.emplace_back(title_of(flag::word_of(role)));
  return joined(names);
}

std::string day_text(flag::DayNumber day) { return rule::format_date({day, day}); }

std::string state_text(flag::State state, bool township_signature) {
  return workspace::state_words(state, township_signature, locale());
}

std::string deadline_text(const flag::Disposition& disposition, flag::DayNumber today) {
  const std::optional<flag::DayNumber> deadline = flag::deadline_of(disposition);
  if (!deadline) return {};
  std::string text = day_text(*deadline);
  if (flag::is_overdue(disposition, today))
    text += fmt::format(fmt::runtime(say(" 逾期 {} 天", " {} days overdue")), today - *deadline);
  return text;
}

std::string history_text(const workspace::ShownFlag& flag, flag::DayNumber today) {
  const flag::Disposition& done = flag.done.disposition;
  std::string text = fmt::format("{}\n{}", say("办理", "What was done"), steps_table(flag));
  const std::string deadline = deadline_text(done, today);
  text += fmt::format(
      "  {}{}{}\n", say("现在：", "now: "), state_text(done.state(), done.has_township_signature()),
      deadline.empty() ? ""
                       : fmt::format(fmt::runtime(say("（期限 {}）", " (until {})")), deadline));
  const std::string next = next_text(flag);
  if (!next.empty()) text += wrapped(std::string(say("可以：", "possible: ")) + next, 2);
  return text + "\n";
}

std::string precision_table(const std::vector<RulePrecision>& rules) {
  // Title and identifier in one column: beside each other they leave no room for either.
  Table table({{say("规则", "rule")},
               {say("待交办", "open"), Align::kRight},
               {say("办理中", "in hand"), Align::kRight},
               {say("已排除", "dismissed"), Align::kRight, true},
               {say("已销号", "closed"), Align::kRight, true},
               {say("属实", "true"), Align::kRight},
               {say("不属实", "false"), Align::kRight},
               {say("无法判断", "cannot tell"), Align::kRight, true},
               {say("属实率（95% 区间）", "true (95% interval)"), Align::kRight}});
  for (const RulePrecision& r : rules) {
    const auto of = [&](flag::State state) {
      return grouped(r.by_state[static_cast<std::size_t>(state)]);
    };
    const std::uint64_t told = r.found_true + r.found_false;
    const model::Interval interval = r.interval();
    table.add({fmt::format("{} {}", say(r.title, r.title_en), r.rule), of(flag::State::kOpen),
               grouped(in_hand(r)), of(flag::State::kDismissed), of(flag::State::kClosed),
               grouped(r.found_true), grouped(r.found_false), grouped(r.cannot_tell),
               told == 0
                   ? "—"
                   : fmt::format(
                         "{} ({}–{})",
                         percent(static_cast<double>(r.found_true) / static_cast<double>(told), 1),
                         percent(interval.low, 1), percent(interval.high, 1))});
  }
  return table.text();
}

json::array precision_json(const std::vector<RulePrecision>& rules) {
  json::array array;
  for (const RulePrecision& r : rules) {
    json::object states;
    for (std::size_t i = 0; i < flag::kStates; ++i) {
      if (r.by_state[i] != 0)
        states[flag::word_of(static_cast<flag::State>(i)).name] = r.by_state[i];
    }
    const std::uint64_t told = r.found_true + r.found_false;
    const model::Interval interval = r.interval();
    array.push_back(json::object{
        {"rule", r.rule},
        {"title", r.title},
        {"states", std::move(states)},
        {"true", r.found_true},
        {"false", r.found_false},
        {"cannot_tell", r.cannot_tell},
        {"precision",
         told == 0 ? json::value(nullptr)
                   : json::value(static_cast<double>(r.found_true) / static_cast<double>(told))},
        {"low", interval.low},
        {"high", interval.high}});
  }
  return array;
}

}  // namespace bidui::cli
