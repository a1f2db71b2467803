#include "workspace/flag_steps.h"

#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kSubject = "flag/";  // before the flag's identity

std::string day_text(flag::DayNumber day) { return rule::format_date({day, day}); }

std::optional<flag::DayNumber> day_of(const json::object& object, std::string_view member) {
  const auto range = rule::parse_date_text(text_of(object, member));
  if (!range) return std::nullopt;
  return range->first;
}

void add_text(json::object& object, std::string_view member, std::string_view text) {
  if (!text.empty()) object[member] = text;
}

Error damaged(std::string_view flag_id) {
  return damaged_error("疑点的处置记录", "what was done about a flag", std::string(flag_id));
}

std::optional<flag::TakenStep> decode_taken(const json::object& object) {
  const auto action = flag::parse_action(text_of(object, "action"));
  const auto role = flag::parse_role(text_of(object, "role"));
  const auto from = flag::parse_state(text_of(object, "from"));
  const auto to = flag::parse_state(text_of(object, "to"));
  const auto on = day_of(object, "on");
  const std::string hash = text_of(object, "evidence_hash");
  if (!action || !role || !from || !to || !on) return std::nullopt;
  flag::TakenStep taken{
      .step = {.action = *action,
               .outcome =
                   flag::parse_outcome(text_of(object, "outcome")).value_or(flag::Outcome::kNone),
               .role = *role,
               .by = text_of(object, "by"),
               .on = *on,
               .reason =
                   flag::parse_reason(text_of(object, "reason")).value_or(flag::Reason::kNone),
               .note = text_of(object, "note"),
               .assignee = text_of(object, "assignee"),
               .where = text_of(object, "where"),
               .date = day_of(object, "date")},
      .from = *from,
      .to = *to};
  std::from_chars(hash.data(), hash.data() + hash.size(), taken.evidence_hash, 16);
  return taken;
}

// Without evidence where the step before has it.
Result<KeptStep> decode_step(std::string_view flag_id, std::string_view content) {
  boost::system::error_code failure;
  json::monotonic_resource memory;
  const json::value value = json::parse(content, failure, &memory);
  if (failure || !value.is_object()) return damaged(flag_id);
  const json::object& object = value.as_object();
  auto taken = decode_taken(object);
  if (!taken) return damaged(flag_id);
  return KeptStep{.flag_id = std::string(flag_id),
                  .taken = std::move(*taken),
                  .recorded = text_of(object, "recorded"),
                  .run = text_of(object, "run"),
                  .evidence = text_of(object, "evidence"),
                  .left = text_of(object, "left"),
                  .right = text_of(object, "right")};
}

}  // namespace

json::object step_json(const KeptStep& kept) {
  const flag::Step& step = kept.taken.step;
  json::object object{{"action", flag::word_of(step.action).name},
                      {"from", flag::word_of(kept.taken.from).name},
                      {"to", flag::word_of(kept.taken.to).name},
                      {"role", flag::word_of(step.role).name},
                      {"by", step.by},
                      {"on", day_text(step.on)},
                      {"run", kept.run},
                      {"evidence_hash", fmt::format("{:016x}", kept.taken.evidence_hash)}};
  add_text(object, "recorded", kept.recorded);
  add_text(object, "outcome", flag::word_of(step.outcome).name);
  add_text(object, "reason", flag::word_of(step.reason).name);
  add_text(object, "note", step.note);
  add_text(object, "assignee", step.assignee);
  add_text(object, "where", step.where);
  if (step.date) object["date"] = day_text(*step.date);
  add_text(object, "left", kept.left);
  add_text(object, "right", kept.right);
  return object;
}

store::JournalEntry encode_step(const KeptStep& kept, const FlagDisposition& before) {
  json::object object = step_json(kept);
  if (before.evidence_hash != kept.taken.evidence_hash) object["evidence"] = kept.evidence;
  return {.subject = std::string(kSubject) + kept.flag_id, .content = json::serialize(object)};
}

Result<FlagDispositions> load_dispositions(const store::Store& store) {
  FlagDispositions dispositions;
  Status decoded;
  BIDUI_TRY(store.scan_journal_under(
      kSubject, [&](std::uint64_t, std::string_view subject, std::string_view content) {
        subject.remove_prefix(kSubject.size());
        Result<KeptStep> step = decode_step(subject, content);
        if (step) {
          add_step(dispositions[std::string(subject)], std::move(step->taken));
        } else {
          decoded = step.error();
        }
      }));
  BIDUI_TRY(decoded);
  return dispositions;
}

const FlagDisposition& disposition_of(const FlagDispositions& dispositions,
                                      std::string_view flag_id) {
  static const FlagDisposition kNothingDone;
  const auto at = dispositions.find(flag_id);
  return at == dispositions.end() ? kNothingDone : at->second;
}

Result<std::vector<KeptStep>> load_steps(const store::Store& store, std::string_view flag_id) {
  std::vector<KeptStep> steps;
  Status decoded;
  BIDUI_TRY(store.scan_journal_of(std::string(kSubject) + std::string(flag_id),
                                  [&](std::uint64_t, std::string_view, std::string_view content) {
                                    Result<KeptStep> step = decode_step(flag_id, content);
                                    if (!step) {
                                      decoded = step.error();
                                      return;
                                    }
                                    if (step->evidence.empty() && !steps.empty())
                                      step->evidence = steps.back().evidence;
                                    steps.push_back(std::move(*step));
                                  }));
  BIDUI_TRY(decoded);
  return steps;
}

void add_step(FlagDisposition& into, flag::TakenStep taken) {
  into.evidence_hash = taken.evidence_hash;
  ++into.steps;
  into.disposition.add(std::move(taken));
}

FlagDisposition fold_steps(const std::vector<KeptStep>& steps) {
  FlagDisposition disposition;
  for (const KeptStep& step : steps) add_step(disposition, step.taken);
  return disposition;
}

}  // namespace bidui::workspace
