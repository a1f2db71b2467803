#include "workspace/ledger_flag.h"

#include <algorithm>
#include <fmt/format.h>

#include "matcher/flag/disposition_words.h"
#include "matcher/flag/transition.h"
#include "matcher/rule/calendar.h"
#include "workspace/flag_ranking.h"
#include "workspace/id_state_words.h"
#include "workspace/task_mark.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

using connectors::report::LedgerFlag;
using flag::State;

std::string day_text(flag::DayNumber day) { return rule::format_date({day, day}); }

std::string in(Locale locale, const flag::Word& word) {
  return std::string(pick(locale, word.zh, word.en));
}

constexpr std::size_t kRecordsInFull = 2;  // of one item of the evidence

// Fields that stand in columns of their own.
bool stands_elsewhere(const EvidenceField& field) {
  return field.id == "township" || field.id == "village" || field.id == "household_no" ||
         field.value.empty();
}

// A value in words; "" of a code of the engine that has none.
std::string value_words(const std::string& value, Locale locale) {
  const bool code = !value.empty() && std::ranges::all_of(value, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
  if (locale != Locale::kChinese)
    return code ? spaced(value) : std::string(truth_words(value, locale));
  if (const std::string_view title = id_state_code_title(value); !title.empty())
    return std::string(title);
  return code ? std::string() : value;
}

std::string record_text(const SourceTitles& titles, const EvidenceRecord& record, bool own) {
  std::vector<std::string> values;
  for (const EvidenceField& field : record.fields) {
    if (!stands_elsewhere(field) && !(own && field.id == "name"))
      values.push_back(std::string(pick(titles.locale(), field.title, spaced(field.id))) + " " +
                       field.value);
  }
  std::string text = own ? "" : titles(record.source) + " ";
  return text + join(values, titles.locale());
}

void add_deadline(const ShownFlag& flag, flag::DayNumber today, Locale locale, LedgerFlag& row) {
  const flag::Disposition& done = flag.done.disposition;
  std::optional<flag::DayNumber> day = flag::deadline_of(done);
  row.deadline_kind = pick(locale, "核实办结", "check");
  if (done.state() == State::kNotified) {
    const flag::Step& told = done.last(flag::Action::kNotify)->step;
    day = told.date.value_or(told.on) + flag::kContestDays;
    row.deadline_kind = pick(locale, "申辩期满", "contest");
  }
  if (!day) {
    row.deadline_kind.clear();
    return;
  }
  row.deadline = day_text(*day);
  row.days_left = *day - today;
}

void add_steps(const ShownFlag& flag, Locale locale, LedgerFlag& row) {
  const flag::Disposition& done = flag.done.disposition;
  if (const flag::TakenStep* const assigned = done.last(flag::Action::kAssign)) {
    row.assignee = assigned->step.assignee;
    row.assigned_on = day_text(assigned->step.on);
  }
  if (const auto day = done.last_day()) row.last_day = day_text(*day);
  if (const flag::TakenStep* const check = done.last(flag::Action::kCheck)) {
    row.outcome = in(locale, flag::word_of(check->step.outcome));
    row.reason = in(locale, flag::word_of(check->step.reason));
    row.visitor = check->step.by;
    if (check->step.date) row.visited = day_text(*check->step.date);
    row.note = check->step.note;
  }
}

}  // namespace

std::string SourceTitles::operator()(std::string_view instance) const {
  const std::string_view source = source_of_instance(instance);
  const auto at = std::ranges::find(schemas_, source, &schema::Schema::source);
  std::string title = at == schemas_.end() ? std::string(source)
                                           : std::string(pick(locale_, at->title, at->title_en));
  return title + std::string(instance.substr(source.size()));
}

const EvidenceRecord* subject_record(const ShownFlag& flag) {
  const flag::Flag& f = flag.state.flag;
  const EvidenceRecord* first = nullptr;
  for (const EvidenceItem& item : flag.evidence) {
    for (const EvidenceRecord& record : item.records) {
      if (record.source != f.source || record.is_linked()) continue;
      if (record.name == f.source + ":" + f.subject) return &record;
      if (first == nullptr) first = &record;
    }
  }
  return first;
}

std::vector<Bilingual> questions_of(const ShownFlag& flag) {
  std::vector<Bilingual> questions = flag.undecided;
  questions.insert(questions.end(), flag.visit.begin(), flag.visit.end());
  return questions;
}

std::string evidence_lines_text(const SourceTitles& titles, const ShownFlag& flag) {
  const EvidenceRecord* const subject = subject_record(flag);
  const auto say = [&](std::string_view zh, std::string_view en) {
    return pick(titles.locale(), zh, en);
  };
  std::string text;
  for (const EvidenceItem& item : flag.evidence) {
    std::vector<std::string> parts;
    std::string others;  // beyond the first: by name alone
    for (std::size_t i = 0; i < item.records.size(); ++i) {
      const EvidenceRecord& record = item.records[i];
      if (i >= kRecordsInFull) {
        others += others.empty() ? say("另有 ", "and ") : say("、", ", ");
        others += record.value_of("name");
        continue;
      }
      std::string part = record_text(titles, record, &record == subject);
      if (!part.empty()) parts.push_back(std::move(part));
    }
    if (!others.empty()) parts.push_back(std::move(others));
    const std::string value = value_words(item.value, titles.locale());
    if (item.records.empty() && value.empty() && !item.value.empty()) continue;
    std::string line = std::string(say(item.title, item.title_en)) + std::string(say("：", ": "));
    line += item.records.empty() ? std::string(value.empty() ? say("无记录", "no record") : value)
                                 : fmt::format("{}", fmt::join(parts, say("；", "; ")));
    if (!text.empty()) text += "\n";
    text += line;
  }
  return text;
}

NextStep next_step(const LedgerContext& context, const ShownFlag& flag) {
  const flag::Disposition& done = flag.done.disposition;
  if (flag::is_settled(done.state())) return {};
  for (const flag::Choice& choice : flag::possible_steps(done, {.touches = flag.touches})) {
    // To contest is the household's right, and nobody's duty.
    if (choice.action == flag::Action::kContest || choice.action == flag::Action::kReturn ||
        choice.roles.empty())
      continue;
    const Locale locale = context.titles.locale();
    NextStep next{.step = in(locale, flag::word_of(choice.action))};
    const flag::TakenStep* const assigned = done.last(flag::Action::kAssign);
    switch (choice.roles.front()) {
      case flag::Role::kVillage:
        next.unit = assigned == nullptr ? flag.place : assigned->step.assignee;
        break;
      case flag::Role::kTownship:
        next.unit = flag.township.empty()
                        ? std::string(pick(locale, "乡镇（地点不明）", "township (place unknown)"))
                        : flag.township;
        break;
      case flag::Role::kCounty:
        next.unit =
            context.county.empty() ? std::string(pick(locale, "县", "county")) : context.county;
        break;
      case flag::Role::kSourceOfficer:
        next.unit = context.titles(flag.state.flag.source);
        next.unit += pick(locale, "主管单位", ": its officer");
        break;
      case flag::Role::kHousehold:
      case flag::Role::kProgram:
        break;
    }
    return next;
  }
  return {};
}

LedgerFlag ledger_flag(const LedgerContext& context, const ShownFlag& flag) {
  const flag::Flag& f = flag.state.flag;
  const flag::Disposition& done = flag.done.disposition;
  const EvidenceRecord* const subject = subject_record(flag);
  const Locale locale = context.titles.locale();
  LedgerFlag row{
      .flag_id = f.flag_id,
      .mark = mark_text(context.secret, f.flag_id, mark_of(flag.done.steps, f.evidence_hash)),
      .rule = f.rule,
      .title = std::string(pick(locale, flag.title, flag.title_en)),
      .severity = f.severity,
      .level = f.level,
      .status = f.status,
      .state = done.state(),
      .township_signature = done.has_township_signature(),
      .township = flag.township,
      .village = flag.village,
      .subject = f.source + ":" + f.subject,
      .evidence = evidence_lines_text(context.titles, flag),
      .basis = join_sentences(flag.basis, locale),
      .money = money_at_stake(context.titles.schemas(), flag)};
  if (const std::vector<Bilingual> questions = questions_of(flag); !questions.empty())
    row.to_settle =
        std::string(pick(locale, "是否：", "whether: ")) + join_sentences(questions, locale);
  const std::string& household = flag.state.household;
  if (const std::size_t colon = household.find(':'); colon != std::string::npos)
    row.household = context.titles(household.substr(0, colon)) + " " + household.substr(colon + 1);
  if (subject != nullptr) {
    row.names = subject->value_of("name");
    row.id_number = subject->value_of("id_number");
  }
  add_deadline(flag, context.today, locale, row);
  add_steps(flag, locale, row);
  NextStep next = next_step(context, flag);
  row.unit = std::move(next.unit);
  row.next = std::move(next.step);
  return row;
}

}  // namespace bidui::workspace
