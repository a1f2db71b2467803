// The report as one page that needs nothing else: style, script, charts and data are inline, a
// content security policy forbids everything besides.
#pragma once

#include <cstddef>
#include <string>

#include "connectors/report/report_data.h"
#include "connectors/report/tally.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

struct PageOptions {
  Locale locale = Locale::kChinese;
  std::size_t flags_per_rule = 2000;
};

// `counts` is tally(data). The same input gives the same bytes.
std::string html_page(const ReportData& data, const Tally& counts, const PageOptions& options);

}  // namespace bidui::connectors::report
