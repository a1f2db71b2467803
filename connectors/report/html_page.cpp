#include "connectors/report/html_page.h"

#include <utility>
#include <vector>

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
  const auto list = [&](std::string_view name, std::size_t count, auto text) {
    out += json_string(name) + ":[";
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ",";
      out += json_string(text(i));
    }
    out += "]";
  };
  list("severities", kSeverities,
       [&](std::size_t i) { return page.say(severity_word(severity_at(i))); });
  out += ",";
  list("statuses", kStatuses,
       [&](std::size_t i) { return page.say(status_word(static_cast<FlagStatus>(i))); });
  out += ",";
  list("levels", 4,
       [&](std::size_t i) { return level_text(static_cast<LinkLevel>(i), page.locale); });
  return out + "}";
}

void add_words(const PageContext& page, std::vector<Placeholder>& values) {
  constexpr std::pair<std::string_view, Word> kTemplateWords[] = {
      {"title", Word::kReportTitle},
      {"date_word", Word::kEvaluationDate},
      {"run_word", Word::kRun},
      {"version_word", Word::kProgramVersion},
      {"sources_word", Word::kSources},
      {"places_word", Word::kPlaces},
      {"rules_word", Word::kRules},
      {"flags_word", Word::kFlagLists},
      {"possible_word", Word::kPossibleLinks},
      {"rejects_word", Word::kRejects},
      {"errors_word", Word::kLinkageErrors},
      {"notes_word", Word::kErrorSheet}};
  for (const auto& [name, which] : kTemplateWords) {
    values.push_back({name, std::string(page.say(which))});
  }
}

void add_assets(std::vector<Placeholder>& values) {
  values.push_back({"style", std::string(page_style())});
  values.push_back({"style_hash", csp_hash(page_style())});
  values.push_back({"script", std::string(page_script())});
  values.push_back({"script_hash", csp_hash(page_script())});
}

void add_sections(const PageContext& page, std::vector<Placeholder>& values) {
  values.push_back({"figures", key_figures(page)});
  values.push_back({"sources", source_section(page)});
  values.push_back({"not_evaluated", not_evaluated_section(page)});
  values.push_back({"links", link_section(page)});
  values.push_back({"matrix", matrix_section(page)});
  values.push_back({"villages", village_section(page)});
  values.push_back({"rules", rule_section(page)});
  values.push_back({"work", work_section(page)});
  values.push_back({"scores", histogram_section(page)});
  values.push_back({"flags", flag_section(page)});
  values.push_back({"possible", possible_section(page)});
  values.push_back({"rejects", reject_section(page)});
  values.push_back({"errors", error_section(page)});
  values.push_back({"notes", note_section(page)});
}

}  // namespace

std::string html_page(const ReportData& data, const Tally& counts, const PageOptions& options) {
  const PageContext page{.data = data,
                         .counts = counts,
                         .locale = options.locale,
                         .flags_per_rule = options.flags_per_rule};
  std::vector<Placeholder> values = {{"language", std::string(language_tag(options.locale))},
                                     {"county", html(data.county_name)},
                                     {"run", html(data.run_id)},
                                     {"date", html(data.evaluation_date)},
                                     {"version", html(data.program_version)},
                                     {"words", script_words(page)}};
  add_words(page, values);
  add_assets(values);
  add_sections(page, values);
  return fill_template(page_template(), values);
}

}  // namespace bidui::connectors::report
