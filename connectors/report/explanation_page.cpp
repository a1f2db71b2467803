#include "connectors/report/explanation_page.h"

#include <fmt/format.h>

#include "connectors/report/assets.h"
#include "connectors/report/html_text.h"
#include "connectors/report/waterfall_chart.h"

namespace bidui::connectors::report {
namespace {

std::string_view tone_class(ExplanationTone tone) {
  switch (tone) {
    case ExplanationTone::kLinked:
      return "linked";
    case ExplanationTone::kPossible:
      return "possible";
    case ExplanationTone::kApart:
      break;
  }
  return "apart";
}

// A section with a list; nothing where the list is empty.
std::string list_section(std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string out = fmt::format("<section>\n<h2>{}</h2>\n<ul>\n", title);
  for (const std::string& text : lines) out += fmt::format("<li>{}</li>\n", html(text));
  return out + "</ul>\n</section>";
}

std::string record_table(const ExplanationData& data) {
  std::string out = fmt::format(
      "<table class=\"records\">\n<thead><tr><th></th><th>{}</th><th>{}</th></tr>"
      "</thead>\n<tbody>\n",
      html(data.left), html(data.right));
  for (const ExplanationRow& row : data.rows) {
    out += fmt::format("<tr><th>{}</th><td>{}</td><td>{}</td></tr>\n", html(row.title),
                       html(row.left), html(row.right));
  }
  return out + "</tbody>\n</table>";
}

// Both values where they differ as shown, one where they do not.
std::string values_of(const ExplanationStep& step) {
  if (step.left == step.right) return html(step.left);
  const auto shown = [](const std::string& text) { return text.empty() ? "—" : html(text); };
  return shown(step.left) + "<br>" + shown(step.right);
}

std::string share_cell(const std::string& share, Word which, Locale locale) {
  return fmt::format("<td class=\"n\" data-word=\"{}\">{}</td>", word(which, locale), html(share));
}

std::string step_row(const ExplanationStep& step, WaterfallChart& chart, Locale locale) {
  return fmt::format(
             "<tr{}><th class=\"what\">{}<small>{}</small></th><td class=\"values\">{}</td>",
             step.kind == StepKind::kMissing ? " class=\"missing\"" : "", html(step.title),
             html(step.detail), values_of(step)) +
         share_cell(step.match, Word::kExplainMatches, locale) +
         share_cell(step.relative, Word::kExplainRelatives, locale) +
         share_cell(step.stranger, Word::kExplainStrangers, locale) +
         fmt::format("<td class=\"chart\">{}</td></tr>\n", chart.step(step));
}

std::string waterfall_table(const ExplanationData& data, Locale locale) {
  WaterfallChart chart(data);
  const auto head = [&](std::string_view kind, std::string_view text) {
    return fmt::format("<th class=\"{}\">{}</th>", kind, text);
  };
  std::string out = "<table class=\"steps\">\n<thead><tr>";
  out += head("what", word(Word::kExplainSummand, locale)) + head("values", "") +
         head("n", word(Word::kExplainMatches, locale)) +
         head("n", word(Word::kExplainRelatives, locale)) +
         head("n", word(Word::kExplainStrangers, locale)) + head("chart", "") +
         "</tr></thead>\n<tbody>\n";
  const std::string empty =
      "<td class=\"values\"></td><td class=\"n\"></td><td class=\"n\"></td>"
      "<td class=\"n\"></td>";
  out +=
      fmt::format("<tr class=\"axis\"><th class=\"what\"></th>{}<td class=\"chart\">{}</td></tr>\n",
                  empty, chart.axis(locale));
  for (const ExplanationStep& step : data.steps) out += step_row(step, chart, locale);
  out += fmt::format(
      "<tr class=\"total\"><th class=\"what\">{}<small>{}</small></th>{}"
      "<td class=\"chart\">{}</td></tr>\n",
      word(Word::kTotal, locale), html(data.total_detail), empty, chart.total());
  return out + "</tbody>\n</table>";
}

std::string key_table(const ExplanationData& data, Locale locale) {
  std::string out = "<table class=\"keys\">\n<tbody>\n";
  std::string apart;
  for (const ExplanationKey& key : data.keys) {
    if (key.shared) {
      out += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", html(key.title), html(key.state));
    } else {
      if (!apart.empty()) apart += locale == Locale::kChinese ? "、" : ", ";
      apart += html(key.title);
    }
  }
  out += "</tbody>\n</table>";
  if (apart.empty()) return out;
  return out +
         fmt::format("\n<p class=\"hint\">{}{}</p>", word(Word::kExplainKeysApart, locale), apart);
}

std::string facts_line(const ExplanationData& data, Locale locale) {
  return fmt::format("{} · {} · {} {} · {} {}", html(data.left), html(data.right),
                     word(Word::kRun, locale),
                     data.run.empty() ? word(Word::kExplainNoRun, locale) : html(data.run),
                     word(Word::kExplainModel, locale), html(data.model));
}

}  // namespace

std::string explanation_page(const ExplanationData& data, Locale locale) {
  const auto text = [&](Word which) { return std::string(word(which, locale)); };
  const Placeholder values[] = {
      {"language", std::string(language_tag(locale))},
      {"style", std::string(explanation_style())},
      {"style_hash", csp_hash(explanation_style())},
      {"tone", std::string(tone_class(data.tone))},
      {"title", text(Word::kExplainTitle)},
      {"left", html(data.left)},
      {"right", html(data.right)},
      {"verdict", html(data.verdict)},
      {"headline", html(data.headline)},
      {"facts", facts_line(data, locale)},
      {"reasons", list_section(word(Word::kExplainReasons, locale), data.reasons)},
      {"records_word", text(Word::kExplainRecords)},
      {"records", record_table(data)},
      {"numbers", list_section(word(Word::kExplainNumbers, locale), data.numbers)},
      {"weights_word", text(Word::kExplainWeights)},
      {"reading", text(Word::kExplainReading)},
      {"waterfall", waterfall_table(data, locale)},
      {"rivals", list_section(word(Word::kExplainRivals, locale), data.rivals)},
      {"keys_word", text(Word::kExplainKeys)},
      {"keys", key_table(data, locale)}};
  return fill_template(explanation_template(), values);
}

}  // namespace bidui::connectors::report
