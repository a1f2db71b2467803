// What a flag asks to be entered (ledger_flag.h).
#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "workspace/adjustment_rules.h"
#include "workspace/ledger_flag.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

using connectors::report::Adjustment;
using connectors::report::AdjustmentKind;
using flag::State;

// On what an entry rests.
struct Standing {
  AdjustmentKind kind = AdjustmentKind::kCorrect;
  bool suggested = false;
  std::string grounds{};
};

template <typename Value>
std::string_view in(Locale locale, Value value) {
  return pick(locale, flag::word_of(value).zh, flag::word_of(value).en);
}

std::string step_words(std::string_view what, const flag::Step& step) {
  const flag::DayNumber day = step.date.value_or(step.on);
  return fmt::format("{} {}", what, rule::format_date({day, day}));
}

// What was decided; nothing where all stays as it is.
std::optional<Standing> decided(const flag::Disposition& done, AdjustmentKind kind, Locale locale) {
  const flag::Step& step = done.last(flag::Action::kDecide)->step;
  if (step.outcome == flag::Outcome::kLeave) return std::nullopt;
  return Standing{
      .kind = step.outcome == flag::Outcome::kAdverse ? AdjustmentKind::kRemove : kind,
      .grounds = step_words(fmt::format("{}{}{}", in(locale, State::kDecided),
                                        pick(locale, "：", ": "), in(locale, step.outcome)),
                            step)};
}

// Nothing goes against a household before it was told and the county has decided: until then it is
// a suggestion, though it was found true.
std::optional<Standing> standing_of(const ShownFlag& flag, AdjustmentKind kind, Locale locale) {
  const flag::Disposition& done = flag.done.disposition;
  const State state = done.state();
  if (state == State::kDecided) return decided(done, kind, locale);
  const bool needs_decision =
      flag.touches == rule::Touches::kEntitlement && kind != AdjustmentKind::kAdd;
  switch (state) {
    case State::kCheckedTrue:
    case State::kNotified:
    case State::kContested: {
      const flag::TakenStep* const check = done.last(flag::Action::kCheck);
      std::string grounds = step_words(in(locale, State::kCheckedTrue), check->step);
      if (needs_decision) grounds += pick(locale, "，待决定", ", to be decided");
      return Standing{.kind = kind, .suggested = needs_decision, .grounds = std::move(grounds)};
    }
    case State::kOpen:
    case State::kAssigned:
    case State::kCannotTell:
      if (flag.state.flag.status == flag::Status::kGone) return std::nullopt;
      return Standing{.kind = kind,
                      .suggested = true,
                      .grounds = std::string(pick(locale, "未核实", "not checked"))};
    case State::kCheckedFalse:
    case State::kDismissed:
    case State::kDecided:
    case State::kRectified:
    case State::kConfirmed:
    case State::kClosed:
      break;
  }
  return std::nullopt;
}

struct Values {
  std::string text{};
  std::string sources{};
};

// What the records of other sources have, each value once.
Values other_values(const LedgerContext& context, const ShownFlag& flag,
                    const EvidenceRecord* subject, std::string_view field) {
  std::vector<std::string> values;
  std::vector<std::string> sources;
  for (const EvidenceItem& item : flag.evidence) {
    for (const EvidenceRecord& record : item.records) {
      const std::string value(record.value_of(field));
      if (&record == subject || !record.is_linked() || value.empty()) continue;
      if (std::ranges::find(values, value) == values.end()) values.push_back(value);
      const std::string title = context.titles(record.source);
      if (std::ranges::find(sources, title) == sources.end()) sources.push_back(title);
    }
  }
  return {fmt::format("{}", fmt::join(values, "；")), fmt::format("{}", fmt::join(sources, "、"))};
}

// Fields that both have, but where it is and which household it is.
std::vector<std::pair<std::string, std::string>> common_fields(const EvidenceRecord& subject) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const EvidenceField& field : subject.fields) {
    if (field.id != "township" && field.id != "village" && field.id != "household_no")
      fields.emplace_back(field.id, field.id);
  }
  return fields;
}

void add_corrections(const LedgerContext& context, const ShownFlag& flag,
                     const AdjustmentRule& rule, const Adjustment& entry,
                     std::vector<Adjustment>& entries) {
  const EvidenceRecord* const subject = subject_record(flag);
  if (subject == nullptr) {
    entries.push_back(entry);
    return;
  }
  const auto fields = rule.fields.empty() ? common_fields(*subject) : rule.fields;
  const Locale locale = context.titles.locale();
  const std::size_t first = entries.size();
  std::optional<Adjustment> fallback;  // of the field that the rule is about
  for (const auto& [own, other] : fields) {
    Adjustment one = entry;
    const auto at = std::ranges::find(subject->fields, own, &EvidenceField::id);
    if (at == subject->fields.end()) continue;
    Values values = other_values(context, flag, subject, other);
    one.field = pick(locale, at->title, spaced(at->id));
    one.now = at->value;
    one.other = std::move(values.text);
    one.other_source = std::move(values.sources);
    if (!fallback && !rule.fields.empty()) {
      fallback = one;
      if (one.other.empty()) fallback->other = pick(locale, "无记录", "no record");
      if (one.other == one.now)
        fallback->other += pick(locale, "（隐去的部分不同）", " (differs where it is masked)");
    }
    if (!one.other.empty() && one.other != one.now) entries.push_back(std::move(one));
  }
  if (entries.size() == first) entries.push_back(fallback.value_or(entry));
}

const EvidenceRecord* record_called(const ShownFlag& flag, const std::string& name) {
  for (const EvidenceItem& item : flag.evidence) {
    for (const EvidenceRecord& record : item.records) {
      if (record.name == name) return &record;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<Adjustment> adjustments_of(const LedgerContext& context, const ShownFlag& flag,
                                       std::size_t position) {
  const flag::Flag& f = flag.state.flag;
  const AdjustmentRule rule = adjustment_rule(f.rule);
  std::optional<Standing> standing = standing_of(flag, rule.kind, context.titles.locale());
  if (!standing) return {};
  const EvidenceRecord* who = subject_record(flag);
  Adjustment entry{.kind = standing->kind,
                   .suggested = standing->suggested,
                   .flag = position,
                   .source = context.titles(rule.source.empty() ? f.source : rule.source),
                   .record = f.source + ":" + f.subject,
                   .grounds = std::move(standing->grounds)};
  if (entry.kind == AdjustmentKind::kAdd && !flag.each.empty()) {
    entry.record = flag.each;
    if (const EvidenceRecord* const missing = record_called(flag, flag.each)) who = missing;
  }
  if (who != nullptr) entry.who = who->value_of("name");
  std::vector<Adjustment> entries;
  if (entry.kind == AdjustmentKind::kCorrect) {
    add_corrections(context, flag, rule, entry, entries);
  } else {
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace bidui::workspace
