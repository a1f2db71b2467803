#include "matcher/flag/step_content.h"

#include <array>
#include <string_view>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"

namespace bidui::flag {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestText = 2000;

enum class When : std::uint8_t { kAny, kNotAfter, kNotBefore, kAfter };  // than the step's day

// The words that one kind of step asks for; empty where it does not.
struct Needed {
  Action action;
  std::string_view note_zh{};
  std::string_view note_en{};
  std::string_view date_zh{};
  std::string_view date_en{};
  When when = When::kAny;
  bool reason = false;
};

constexpr std::array<Needed, kActions> kNeeded = {{
    {.action = Action::kAssign,
     .date_zh = "办结期限（--deadline）",
     .date_en = "the deadline (--deadline)",
     .when = When::kNotBefore},
    {.action = Action::kCheck,
     .note_zh = "核实情况（--note）",
     .note_en = "what was found (--note)",
     .date_zh = "入户日期（--visited）",
     .date_en = "the day of the visit (--visited)",
     .when = When::kNotAfter,
     .reason = true},
    {.action = Action::kDismiss,
     .date_zh = "有效期至（--until）",
     .date_en = "the last day on which it holds (--until)",
     .when = When::kAfter,
     .reason = true},
    {.action = Action::kNotify,
     .date_zh = "告知日期（--told）",
     .date_en = "the day on which the household was told (--told)",
     .when = When::kNotAfter},
    {.action = Action::kContest,
     .note_zh = "申辩内容（--note）",
     .note_en = "what the household says (--note)"},
    {.action = Action::kDecide,
     .note_zh = "决定的理由（--note）",
     .note_en = "why it is decided so (--note)"},
    {.action = Action::kRectify,
     .note_zh = "改了什么（--note）",
     .note_en = "what was changed (--note)"},
    {.action = Action::kConfirm},
    {.action = Action::kClose, .note_zh = "销号的理由（--note）", .note_en = "why (--note)"},
    {.action = Action::kReturn, .note_zh = "退回的理由（--note）", .note_en = "why (--note)"},
    {.action = Action::kReopen},
}};

// Nothing was changed where all stays as it is.
bool leaves_all(const Disposition& disposition) {
  const TakenStep* const decision = disposition.last(Action::kDecide);
  return decision != nullptr && decision->step.outcome == Outcome::kLeave;
}

Status check_presence(const Disposition& disposition, const Step& step, const Needed& needed) {
  const bool by_person = step.role != Role::kProgram;
  const bool changes = step.action == Action::kRectify && !leaves_all(disposition);
  const bool tells = step.action == Action::kRectify ? changes : by_person;
  Bilingual missing;
  const auto need = [&](bool there, std::string_view zh, std::string_view en) {
    if (!there) missing.add_item(zh, en);
  };
  need(!step.by.empty() || !by_person, "由谁办理（--by）", "who does it (--by)");
  if (step.action == Action::kAssign)
    need(!step.assignee.empty(), "交给哪个村或谁（--to）", "to which village or whom (--to)");
  if (needed.reason)
    need(step.reason != Reason::kNone, "原因（--reason）", "the reason (--reason)");
  if (!needed.note_zh.empty() && tells) need(!step.note.empty(), needed.note_zh, needed.note_en);
  if (changes)
    need(!step.where.empty(), "在哪个来源或系统中改（--where）",
         "in which source or system (--where)");
  if (!needed.date_zh.empty()) need(step.date.has_value(), needed.date_zh, needed.date_en);
  if (missing.empty()) return {};
  return bilingual_error(ErrorCode::kInvalidArgument, Bilingual{"须写明：", "say: "} + missing);
}

Status check_date(const Step& step, const Needed& needed) {
  if (!step.date || needed.date_zh.empty()) return {};
  const auto wrong = [&](std::string_view zh, std::string_view en) {
    return bilingual_error(ErrorCode::kInvalidArgument,
                           std::string(needed.date_zh) + std::string(zh),
                           std::string(needed.date_en) + std::string(en));
  };
  if (needed.when == When::kNotAfter && *step.date > step.on)
    return wrong("不能晚于办理日期（--on）", " cannot be after the day of the step (--on)");
  if (needed.when == When::kNotBefore && *step.date < step.on)
    return wrong("不能早于办理日期（--on）", " cannot be before the day of the step (--on)");
  if (needed.when == When::kAfter && *step.date <= step.on)
    return wrong("须晚于办理日期（--on）", " must be after the day of the step (--on)");
  return {};
}

// Who was told before anybody had looked was not told what was found.
Status check_told(const Disposition& disposition, const Step& step) {
  const TakenStep* const check = disposition.last(Action::kCheck);
  if (step.action != Action::kNotify || check == nullptr || !step.date) return {};
  if (*step.date >= check->step.date.value_or(check->step.on)) return {};
  return bilingual_error(ErrorCode::kInvalidArgument, "告知日期（--told）不能早于入户核实的日期",
                         "the household cannot have been told (--told) before the visit");
}

Status check_reason(const Step& step, const Needed& needed) {
  const Outcome outcome = step.action == Action::kDismiss ? Outcome::kFalse : step.outcome;
  if (!needed.reason || reason_fits(step.reason, outcome)) return {};
  Bilingual fitting;
  for (std::size_t i = 1; i < kReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    const Word& word = word_of(reason);
    if (reason_fits(reason, outcome))
      fitting.add_item(std::string(word.name) + " " + std::string(word.zh), word.name);
  }
  return bilingual_error(
      ErrorCode::kInvalidArgument,
      Bilingual{"“" + std::string(word_of(outcome).zh) + "”的原因（--reason）只能是：",
                "for this outcome the reason (--reason) is one of: "} +
          fitting);
}

Status check_lengths(const Step& step) {
  for (const std::string* const name : {&step.by, &step.assignee, &step.where}) {
    if (name->size() > kLongestName)
      return bilingual_error(ErrorCode::kInvalidArgument, "姓名、村名、系统名最多 200 个字节",
                             "a name has 200 bytes at most");
  }
  if (step.note.size() > kLongestText)
    return bilingual_error(ErrorCode::kInvalidArgument, "说明（--note）最多 2000 个字节",
                           "a note (--note) has 2000 bytes at most");
  if (step.reason == Reason::kOther && step.note.empty())
    return bilingual_error(ErrorCode::kInvalidArgument, "原因为“其他”时须说明（--note）",
                           "the reason 'other' needs a note (--note)");
  return {};
}

}  // namespace

Status check_content(const Disposition& disposition, const Step& step) {
  const Needed& needed = kNeeded[static_cast<std::size_t>(step.action)];
  BIDUI_TRY(check_presence(disposition, step, needed));
  BIDUI_TRY(check_reason(step, needed));
  BIDUI_TRY(check_date(step, needed));
  BIDUI_TRY(check_told(disposition, step));
  return check_lengths(step);
}

}  // namespace bidui::flag
