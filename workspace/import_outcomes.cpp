#include "workspace/import_outcomes.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "matcher/text/date.h"
#include "workspace/returned_list.h"
#include "workspace/take_steps.h"
#include "workspace/task_mark.h"

namespace bidui::workspace {
namespace {

using flag::Outcome;
using flag::Reason;

constexpr int kLongBefore = 366;  // days before it was assigned: the year is mistyped

std::string day_text(flag::DayNumber day) { return rule::format_date({day, day}); }

// The list's words, which are those of the drop-down lists in either language.
template <typename Value>
std::optional<Value> find_word(std::string_view text, std::size_t values) {
  for (std::size_t i = 1; i < values; ++i) {
    const auto value = static_cast<Value>(i);
    const flag::Word& word = flag::word_of(value);
    if (text == word.name || text == word.zh || text == word.en) return value;
  }
  return std::nullopt;
}

// 2017-12-03 in any spelling; nullopt where it is no full day.
std::optional<flag::DayNumber> parse_day(std::string_view text) {
  const text::ParsedDate parsed = text::parse_date(text);
  if (parsed.state != text::DateState::kOk) return std::nullopt;
  return text::day_number(parsed.date);
}

// The columns that a filled-in row lacks.
Bilingual missing_cells(const ReturnedRow& row) {
  Bilingual missing;
  const auto need = [&](const std::string& cell, std::string_view zh, std::string_view en) {
    if (cell.empty()) missing.add_item(zh, en);
  };
  need(row.outcome, "核查结果", "Outcome");
  need(row.reason, "原因", "Reason");
  need(row.visitor, "核查人", "Checked by");
  need(row.visited, "核查日期", "Date of visit");
  need(row.note, "说明", "Note");
  return missing.empty() ? missing : Bilingual{"缺：", "missing: "} + missing;
}

// The step that a row stands for; `why` where it does not.
std::optional<flag::Step> step_of(const ReturnedRow& row, const ImportOrder& order,
                                  Bilingual& why) {
  why = missing_cells(row);
  if (!why.empty()) return std::nullopt;
  const auto outcome = find_word<Outcome>(row.outcome, 4);
  const auto reason = find_word<Reason>(row.reason, flag::kReasons);
  const auto visited = parse_day(row.visited);
  if (!outcome) {
    why = {"核查结果“" + row.outcome + "”不在选项内（属实、不属实、无法判断）",
           "no such outcome: " + row.outcome};
  } else if (!reason) {
    why = {"原因“" + row.reason + "”不在选项内", "no such reason: " + row.reason};
  } else if (!flag::reason_fits(*reason, *outcome)) {
    why = {"核查结果“" + row.outcome + "”不能用原因“" + row.reason + "”",
           "the outcome " + row.outcome + " cannot have the reason " + row.reason};
  } else if (!visited) {
    why = {"核查日期“" + row.visited + "”不是日期，写作 2017-12-03", "no date: " + row.visited};
  } else if (*visited > order.on) {
    why = {"核查日期 " + day_text(*visited) + " 晚于导入日期 " + day_text(order.on),
           "the visit of " + day_text(*visited) + " is after the day of the import"};
  }
  if (!why.empty()) return std::nullopt;
  return flag::Step{.action = flag::Action::kCheck,
                    .outcome = *outcome,
                    .role = order.role,
                    .by = row.visitor,
                    .on = order.on,
                    .reason = *reason,
                    .note = row.note,
                    .date = *visited};
}

// Whether the first step after `steps` gave it to somebody: who has the list may have had it
// before, as that of a run.
bool was_assigned_since(const ShownFlag& flag, std::size_t steps) {
  return steps < flag.steps.size() && flag.steps[steps].taken.step.action == flag::Action::kAssign;
}

// Whether the row is recorded already: the check of the list it came with says the same.
bool is_known(const ShownFlag& flag, const flag::Step& step, std::size_t steps) {
  if (was_assigned_since(flag, steps)) ++steps;
  if (steps >= flag.steps.size()) return false;
  const flag::Step& taken = flag.steps[steps].taken.step;
  return taken.action == step.action && taken.outcome == step.outcome && taken.by == step.by &&
         taken.reason == step.reason && taken.note == step.note && taken.date == step.date;
}

// What became of the flag since the list was handed out; empty where nothing did.
Bilingual moved_on(const ShownFlag& flag, TaskMark mark) {
  const flag::Disposition& done = flag.done.disposition;
  const TaskMark now = mark_of(flag.steps.size(), flag.state.flag.evidence_hash);
  if (was_assigned_since(flag, mark.steps)) ++mark.steps;
  if (mark.steps != now.steps) {
    const flag::Word& state = flag::word_of(done.state());
    const flag::Step& last = flag.steps.back().taken.step;
    return {fmt::format("导出以后已另行办理：{} {} {}，现在是“{}”", day_text(last.on), last.by,
                        flag::word_of(last.action).zh, state.zh),
            fmt::format("the flag has moved on since the export: {} by {} on {}; it is {}",
                        flag::word_of(last.action).en, last.by, day_text(last.on), state.name)};
  }
  if (mark.evidence != now.evidence)
    return {"导出以后证据有变化（" + flag.state.last_run + "），请重新导出、核实",
            "the evidence has changed since the export (" + flag.state.last_run +
                "): export and check again"};
  return {};
}

Bilingual mistyped_year(const ShownFlag& flag, const flag::Step& step) {
  const flag::TakenStep* const assigned = flag.done.disposition.last(flag::Action::kAssign);
  if (assigned == nullptr || assigned->step.on - *step.date < kLongBefore) return {};
  return {"核查日期 " + day_text(*step.date) + " 早于交办一年以上，请核对年份",
          "the visit of " + day_text(*step.date) + " is more than a year before it was assigned"};
}

class Importer {
 public:
  Importer(Workspace& workspace, const ImportOrder& order)
      : workspace_(workspace), order_(order), batch_(workspace), reader_(workspace.store()) {}

  Status take(const ReturnedRow& row) {
    Bilingual why;
    BIDUI_TRY(judge(row, why));
    if (!why.empty()) result.refused.push_back({row.sheet, row.row, row.flag_id, std::move(why)});
    return {};
  }

  // One entry of the journal for the file, before those of its rows.
  Status write(const std::string& file, const std::string& content_hash) {
    if (order_.dry_run || result.taken() == 0) return {};
    batch_.add({.subject = "import/" + content_hash.substr(0, 16),
                .content = boost::json::serialize(
                    boost::json::object{{"by", order_.by},
                                        {"role", flag::word_of(order_.role).name},
                                        {"on", day_text(order_.on)},
                                        {"recorded", order_.recorded},
                                        {"file", file},
                                        {"sha256", content_hash},
                                        {"taken", result.taken()},
                                        {"refused", result.refused.size()}})});
    return batch_.write();
  }

  ImportedOutcomes result;

 private:
  Status judge(const ReturnedRow& row, Bilingual& why) {
    if (row.damaged) {
      why = {"这一行的格数与表头不同", "the row has another number of cells than the header"};
      return {};
    }
    if (row.is_blank()) {
      ++result.blank;
      return {};
    }
    const auto mark = parse_mark(workspace_.store().index_secret(), row.flag_id, row.mark);
    if (!mark) {
      why = {"校验码与疑点编号不符：不是本工作区导出的，或被改动",
             "the mark does not fit the flag: the row is not of this workspace, or was altered"};
      return {};
    }
    const std::optional<flag::Step> step = step_of(row, order_, why);
    if (!step) return {};
    Result<ShownFlag> flag = find_flag(workspace_, row.flag_id, reader_);
    if (!flag && flag.error().code == ErrorCode::kNotFound) {
      why = {flag.error().message_zh, flag.error().message};
      return {};
    }
    BIDUI_TRY(flag);
    if (is_known(*flag, *step, mark->steps)) {
      ++result.known;
      return {};
    }
    why = moved_on(*flag, *mark);
    if (why.empty()) why = mistyped_year(*flag, *step);
    if (why.empty() && !seen_.insert(row.flag_id).second)
      why = {"前面已有一行是同一个疑点", "a row before it is about the same flag"};
    if (why.empty()) assign(*flag, row.visitor, why);
    if (why.empty() && take_step(*flag, *step, why)) count(*step);
    return {};
  }

  // What a township checked before it was given to anybody is the township's own work.
  void assign(ShownFlag& flag, const std::string& visitor, Bilingual& why) {
    if (flag.done.disposition.state() != flag::State::kOpen) return;
    if (order_.role != flag::Role::kTownship) {
      why = {"还没有交办；乡镇自己核查的，导入时加 --as township",
             "it was assigned to nobody; what the township checked itself: --as township"};
      return;
    }
    take_step(flag,
              {.action = flag::Action::kAssign,
               .role = order_.role,
               .by = order_.by,
               .on = order_.on,
               .assignee = visitor},
              why);
  }

  bool take_step(ShownFlag& flag, const flag::Step& step, Bilingual& why) {
    const Result<StepsTaken::One> one =
        batch_.take(flag, {.step = step, .recorded = order_.recorded});
    if (!one) why = {one.error().message_zh, one.error().message};
    return one.has_value();
  }

  void count(const flag::Step& step) {
    switch (step.outcome) {
      case Outcome::kTrue:
        ++result.found_true;
        return;
      case Outcome::kFalse:
        ++result.found_false;
        return;
      case Outcome::kCannotTell:
        ++result.cannot_tell;
        return;
      case Outcome::kNone:
      case Outcome::kAdverse:
      case Outcome::kCorrect:
      case Outcome::kLeave:
        return;
    }
  }

  Workspace& workspace_;
  const ImportOrder& order_;
  StepBatch batch_;
  FlagReader reader_;
  std::set<std::string> seen_;
};

}  // namespace

Result<ImportedOutcomes> import_outcomes(Workspace& workspace, const std::filesystem::path& file,
                                         const ImportOrder& order) {
  BIDUI_TRY(check_day(order.on, order.recorded));
  const Result<ReturnedList> list = read_returned_list(file);
  BIDUI_TRY(list);
  Importer importer(workspace, order);
  for (const ReturnedRow& row : list->rows) BIDUI_TRY(importer.take(row));
  BIDUI_TRY(importer.write(file.filename().string(), list->content_hash));
  return std::move(importer.result);
}

}  // namespace bidui::workspace
