#include "connectors/report/html_page.h"

#include <array>

#include "connectors/report/assets.h"
#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

// What the script says.
std::string script_words(const PageContext& page) {
  constexpr std::pair<std::string_view, Word> kScriptWords[] = {{"township", Word::kTownship},
                                                                {"village", Word::kVillage},
                                                                {"household", Word::kHouseholdNo},
                                                                {"names", Word::kNames},
                                                                {"level", Word::kLevel},
                                                                {"status", Word::kStatus},
                                                                {"evidence", Word::kEvidence},
                                                                {"previous", Word::kPrevious},
                                                                {"next", Word::kNext},
                                                                {"none", Word::kNoMatch},
                                                                {"visit", Word::kVisit},
                                                                {"basis", Word::kBasis},
                                                                {"deadline", Word::kDeadline},
                                                                {"flag", Word::kFlagId},
                                                                {"subject", Word::kSubject},
                                                                {"unknown", Word::kUnknownPlace}};
  std::string out = "{";
  for (const auto& [name, which] : kScriptWords) {
    out += json_string(name) + ":" + json_string(page.say(which)) + ",";
  }
  const auto list = [&](std::string_view name, auto first, std::size_t count, auto text) {
    out += json_string(name) + ":[";
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ",";
      out += json_string(text(static_cast<decltype(first)>(i)));
    }
    out += "]";
  };
  list("severities", Severity{}, kSeverities,
       [&](Severity s) { return page.say(severity_word(s)); });
  out += ",";
  list("statuses", FlagStatus{}, kStatuses, [&](FlagStatus s) { return page.say(status_word(s)); });
  out += ",";
  list("levels", LinkLevel{}, 4, [&](LinkLevel l) { return level_text(l, page.locale); });
  return out + "}";
}

}  // namespace

std::string html_page(const ReportData& data, const Tally& counts, const PageOptions& options) {
  const PageContext page{.data = data,
                         .counts = counts,
                         .locale = options.locale,
                         .flags_per_rule = options.flags_per_rule};
  const std::string county = html(data.county_name);
  const std::string run = html(data.run_id);
  const std::string date = html(data.evaluation_date);
  const std::string version = html(data.program_version);
  const std::string style_hash = csp_hash(page_style());
  const std::string script_hash = csp_hash(page_script());
  const std::string figures = key_figures(page);
  const std::string sources = source_section(page);
  const std::string links = link_section(page);
  const std::string matrix = matrix_section(page);
  const std::string villages = village_section(page);
  const std::string rules = rule_section(page);
  const std::string scores = histogram_section(page);
  const std::string not_evaluated = not_evaluated_section(page);
  const std::string flags = flag_section(page);
  const std::string possible = possible_section(page);
  const std::string rejects = reject_section(page);
  const std::string notes = note_section(page);
  const std::string words = script_words(page);
  const auto placeholders = std::to_array<Placeholder>({
      {"language", language_tag(options.locale)},
      {"style", page_style()},
      {"style_hash", style_hash},
      {"script", page_script()},
      {"script_hash", script_hash},
      {"county", county},
      {"run", run},
      {"date", date},
      {"version", version},
      {"title", page.say(Word::kReportTitle)},
      {"date_word", page.say(Word::kEvaluationDate)},
      {"run_word", page.say(Word::kRun)},
      {"version_word", page.say(Word::kProgramVersion)},
      {"sources_word", page.say(Word::kSources)},
      {"links_word", page.say(Word::kLinks)},
      {"places_word", page.say(Word::kPlaces)},
      {"rules_word", page.say(Word::kRules)},
      {"flags_word", page.say(Word::kFlagLists)},
      {"possible_word", page.say(Word::kPossibleLinks)},
      {"rejects_word", page.say(Word::kRejects)},
      {"notes_word", page.say(Word::kErrorSheet)},
      {"flag_hint", page.say(Word::kFlagHint)},
      {"figures", figures},
      {"sources", sources},
      {"links", links},
      {"matrix", matrix},
      {"villages", villages},
      {"rules", rules},
      {"scores", scores},
      {"not_evaluated", not_evaluated},
      {"flags", flags},
      {"possible", possible},
      {"rejects", rejects},
      {"notes", notes},
      {"words", words},
  });
  return fill_template(page_template(), placeholders);
}

}  // namespace bidui::connectors::report
