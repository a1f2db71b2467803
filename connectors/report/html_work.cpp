// The section on what was done about the flags.
#include <array>
#include <fmt/format.h>
#include <iterator>

#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

constexpr std::array kCounts = {
    &Progress::found,      &Progress::open,        &Progress::assigned,    &Progress::overdue,
    &Progress::found_true, &Progress::found_false, &Progress::cannot_tell, &Progress::decided,
    &Progress::dismissed,  &Progress::closed};
constexpr std::array kWords = {Word::kFound,          Word::kWaiting,     Word::kInCheck,
                               Word::kOverdue,        Word::kOutcomeTrue, Word::kOutcomeFalse,
                               Word::kOutcomeUnknown, Word::kInDecision,  Word::kDismissed,
                               Word::kClosed};
static_assert(kCounts.size() == kWords.size());

std::string head(const PageContext& page, Word unit, bool precision) {
  std::string out = fmt::format(R"(<div class="scroll"><table class="work"><thead><tr><th>{}</th>)",
                                page.say(unit));
  for (const Word which : kWords) out += fmt::format(R"(<th class="n">{}</th>)", page.say(which));
  if (precision) out += fmt::format(R"(<th class="n">{}</th>)", page.say(Word::kPrecisionBounds));
  return out + "</tr></thead><tbody>";
}

std::string counts(const Progress& progress) {
  std::string out;
  for (const auto count : kCounts) {
    const std::uint64_t number = progress.*count;
    const bool late = count == &Progress::overdue && number != 0;
    fmt::format_to(std::back_inserter(out), R"(<td class="n{}">{}</td>)", late ? " late" : "",
                   number == 0 ? "·" : grouped(number));
  }
  return out;
}

std::string townships(const PageContext& page) {
  const FlagProgress& work = page.data.progress;
  std::string out = head(page, Word::kTownship, false);
  for (const Progress& town : work.townships)
    out += fmt::format(
        "<tr><th>{}</th>{}</tr>",
        town.unit.empty() ? std::string(page.say(Word::kUnknownPlace)) : html(town.unit),
        counts(town));
  return out + fmt::format("</tbody><tfoot><tr><th>{}</th>{}</tr></tfoot></table></div>",
                           page.say(Word::kTotal), counts(work.county));
}

std::string rules(const PageContext& page) {
  std::string out = head(page, Word::kRule, true);
  for (const RuleProgress& rule : page.data.progress.rules)
    out += fmt::format(R"(<tr><th title="{}">{}</th>{}<td class="n">{}</td></tr>)", html(rule.rule),
                       html(rule.title), counts(rule.progress), precision_text(rule));
  return out + "</tbody></table></div>";
}

}  // namespace

std::string precision_text(const RuleProgress& rule) {
  if (!rule.precision) return "—";
  return fmt::format("{} ({}–{})", percent(*rule.precision, 1), percent(rule.low, 1),
                     percent(rule.high, 1));
}

std::string work_section(const PageContext& page) {
  if (page.data.progress.as_of.empty()) return {};
  return fmt::format(R"(<section id="work"><h2>{} <small>{}</small></h2><p class="hint">{}</p>)",
                     page.say(Word::kWork), html(page.data.progress.as_of),
                     page.say(Word::kProgressNote)) +
         townships(page) +
         fmt::format(R"(<p class="hint">{}</p>)", page.say(Word::kPrecisionNote)) + rules(page) +
         "</section>";
}

}  // namespace bidui::connectors::report
