#include "workspace/step_words.h"

#include "matcher/rule/calendar.h"
#include "workspace/settle_flags.h"

namespace bidui::workspace {
namespace {

using flag::Action;

// A note in words where the program made it.
std::string note_words(const flag::Step& step, Locale locale) {
  const auto say = [&](std::string_view zh, std::string_view en) {
    return std::string(pick(locale, zh, en));
  };
  if (step.role != flag::Role::kProgram) return step.note;
  if (step.note == kExpiredNote) return say("排除的有效期已过", "the dismissal has expired");
  if (step.note == kEvidenceChangedNote) return say("证据有变化", "the evidence has changed");
  if (step.note == kRaisedAgainNote) return say("消除后又出现", "it is raised again");
  if (step.note == kSourcesAgreeNote) return say("各来源已一致", "the sources agree");
  return step.note;
}

}  // namespace

std::string_view title_of(const flag::Word& word, Locale locale) {
  return pick(locale, word.zh, word.en);
}

std::string_view step_date_title(Action action, Locale locale) {
  switch (action) {
    case Action::kAssign:
      return pick(locale, "期限", "until");
    case Action::kCheck:
      return pick(locale, "入户", "visited");
    case Action::kDismiss:
      return pick(locale, "有效期至", "holds until");
    case Action::kNotify:
      return pick(locale, "告知", "told");
    case Action::kContest:
    case Action::kDecide:
    case Action::kRectify:
    case Action::kConfirm:
    case Action::kClose:
    case Action::kReturn:
    case Action::kReopen:
      return {};
  }
  return {};
}

std::string state_words(flag::State state, bool township_signature, Locale locale) {
  std::string text(title_of(flag::word_of(state), locale));
  if (township_signature && state == flag::State::kRectified)
    text += pick(locale, "（乡镇已确认）", " (confirmed by the township)");
  return text;
}

std::string step_words(const KeptStep& kept, Locale locale) {
  const flag::Step& step = kept.taken.step;
  const bool zh = locale == Locale::kChinese;
  std::string text(title_of(flag::word_of(step.action), locale));
  if (step.outcome != flag::Outcome::kNone)
    text += (zh ? "：" : ": ") + std::string(title_of(flag::word_of(step.outcome), locale));
  std::vector<std::string> facts;
  if (!step.assignee.empty()) facts.push_back((zh ? "交给 " : "to ") + step.assignee);
  if (step.reason != flag::Reason::kNone)
    facts.emplace_back(title_of(flag::word_of(step.reason), locale));
  if (const std::string_view title = step_date_title(step.action, locale);
      !title.empty() && step.date)
    facts.push_back(fmt::format("{} {}", title, rule::format_date({*step.date, *step.date})));
  if (!step.where.empty()) facts.push_back((zh ? "改在 " : "in ") + step.where);
  if (!kept.left.empty()) facts.push_back(kept.left + " ≠ " + kept.right);
  if (!facts.empty()) text += (zh ? "（" : " (") + join(facts, locale) + (zh ? "）" : ")");
  const std::string note = note_words(step, locale);
  if (!note.empty()) text += (zh ? "：" : ": ") + note;
  return text;
}

}  // namespace bidui::workspace
