// The sections of the page, each a piece of HTML with all data escaped. An empty table says that
// there is nothing.
#pragma once

#include <cstddef>
#include <string>

#include "connectors/report/report_data.h"
#include "connectors/report/tally.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

struct PageContext {
  const ReportData& data;
  const Tally& counts;
  Locale locale;
  std::size_t flags_per_rule;

  std::string_view say(Word which) const { return word(which, locale); }
};

// html_match.cpp: what went in and how it was linked.
std::string key_figures(const PageContext& page);
std::string source_section(const PageContext& page);
std::string link_section(const PageContext& page);
std::string histogram_section(const PageContext& page);
std::string possible_section(const PageContext& page);
std::string reject_section(const PageContext& page);
std::string note_section(const PageContext& page);

// html_error.cpp: how often the links are wrong, and for whom.
std::string error_section(const PageContext& page);
// "0.12% [0.05%, 0.31%]" of a review, "0.00% ≤ 0.38%" of an estimate.
std::string rate_text(const RateEstimate& rate);

// html_model.cpp: the charts of the models.
std::string model_section(const PageContext& page);

// html_place.cpp: where the flags are.
std::string matrix_section(const PageContext& page);
std::string village_section(const PageContext& page);

// html_rule.cpp: what the rules found.
std::string rule_section(const PageContext& page);
std::string not_evaluated_section(const PageContext& page);
std::string flag_section(const PageContext& page);

// html_work.cpp: what was done about them; nothing where nothing was.
std::string work_section(const PageContext& page);
// "75.0% (28.4%–97.2%)", a dash before the first check.
std::string precision_text(const RuleProgress& rule);

}  // namespace bidui::connectors::report
